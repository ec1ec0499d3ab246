"""What every front door does: check the permission, open a transaction, survive lost races."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _
from psycopg import errors as pg

from tessere.foundation.actor import Actor
from tessere.foundation.errors import Refusal

P = ParamSpec("P")
R = TypeVar("R")

_ATTEMPTS = 3
_LOST_RACES = (pg.DeadlockDetected, pg.SerializationFailure)


class Busy(Refusal):
    """Others were working on the same rows for too long. Nothing was done."""

    code = "foundation.busy"
    short_code = "TES-09"
    message = _("Une autre opération est en cours sur le même solde. Rien n’a été débité.")
    next_step = _("Attendez quelques secondes et recommencez.")


def use_case(
    permission: str, *, redraw: tuple[str, ...] = ()
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a service of a function that takes a keyword argument `actor`.

    The permission is checked before anything else, then one durable transaction is opened. A
    deadlock is tried again, then refused as Busy; a lock that does not come in time is refused at
    once, for the wait was long enough. `redraw` names the unique constraints of numbers drawn at
    random: a collision is drawn again.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def service(*args: P.args, **kwargs: P.kwargs) -> R:
            actor = kwargs["actor"]
            assert isinstance(actor, Actor)
            actor.require(permission)
            for attempt in range(1, _ATTEMPTS + 1):
                try:
                    with transaction.atomic(durable=True):
                        return function(*args, **kwargs)
                except OperationalError as error:
                    if isinstance(error.__cause__, pg.LockNotAvailable):
                        raise Busy from error
                    if not isinstance(error.__cause__, _LOST_RACES):
                        raise
                    if attempt == _ATTEMPTS or connection.in_atomic_block:
                        raise Busy from error
                except IntegrityError as error:
                    drawn_twice = any(name in str(error) for name in redraw)
                    if not drawn_twice or attempt == _ATTEMPTS or connection.in_atomic_block:
                        raise
            raise AssertionError("unreachable")

        service.permission = permission  # type: ignore[attr-defined]
        return service

    return decorate


def reading(function: Callable[P, R]) -> Callable[P, R]:
    """Give a query its transaction: the caller's when there is one, else a short one of its own.

    Without a transaction the wall shows no row; the result must therefore be complete (values,
    dataclasses, lists), never a lazy queryset.
    """

    @wraps(function)
    def query(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(savepoint=False):
            try:
                return function(*args, **kwargs)
            except Refusal as raised:
                refusal = raised
        # Raised outside the block, which would otherwise make the caller roll back: reading that
        # found nothing has broken nothing.
        raise refusal

    return query
