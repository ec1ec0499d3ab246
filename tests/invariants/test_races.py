"""Two at once, twenty at once, the same thing five times: real threads, real commits."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.db.models import QuerySet
from psycopg import errors as pg

from tessere.domains.ledger import queries as ledger
from tessere.domains.ledger.types import AccountKind
from tessere.domains.passes import holdings
from tessere.domains.passes import queries as passes_queries
from tessere.domains.passes import services as passes
from tessere.domains.passes.types import VoucherEnded
from tessere.domains.redemptions import queries, services
from tessere.domains.redemptions.types import (
    Accepted,
    Channel,
    Outcome,
    Payment,
    RedemptionAlreadyCancelled,
    Refused,
    VoucherAcceptance,
)
from tessere.foundation.use_case import Busy
from tests.factories.world import NOON, World, make_world
from tests.plugins.database import owner_connection

Together = Callable[[Sequence[Callable[[], Any]]], list[Any]]
ROUNDS = 10


def pay(world: World, cents: int, *, key: UUID | None = None) -> Outcome:
    with world.inside():
        [outcome] = services.accept(
            actor=world.beneficiary,
            requests=[
                Payment(
                    key=key or uuid4(),
                    channel=Channel.PARTNER_QR,
                    purse_id=world.theatre_purse_id,
                    partner_id=world.partner_id,
                    amount_cents=cents,
                )
            ],
            now=NOON,
        )
    return outcome


def make_voucher(world: World, cents: int, *, now: datetime = NOON) -> str:
    with world.inside():
        return passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=cents,
            now=now,
        )


def redeem(world: World, number: str, *, key: UUID | None = None, later: int = 0) -> Outcome:
    with world.inside():
        [outcome] = services.accept(
            actor=world.partner,
            requests=[
                VoucherAcceptance(
                    key=key or uuid4(),
                    number=number,
                    partner_id=world.partner_id,
                    proof=passes_queries.voucher_proof(number=number),
                )
            ],
            now=NOON + timedelta(days=later),
        )
    return outcome


def check_books(world: World) -> None:
    """The purse says what the ledger says, and no account but the fund is below zero."""
    purse = world.purse()
    with world.inside():
        balances = ledger.balances()
    assert purse.available_cents == balances[purse.purse_account_id].balance_cents
    assert purse.held_cents == balances[purse.held_account_id].balance_cents
    assert sum(balance.balance_cents for balance in balances.values()) == 0
    for balance in balances.values():
        assert balance.kind is AccountKind.FUND or balance.balance_cents >= 0


def fifty_payments(together: Together) -> tuple[World, list[Any]]:
    world = make_world(granted_cents=10_000)
    outcomes = together([lambda: pay(world, 1_000)] * 50)
    return world, outcomes


@pytest.mark.conformance("S1-74")
def test_a_balance_of_ten_takes_ten_of_twenty_payments(together: Together) -> None:
    world = make_world(granted_cents=1_000)
    outcomes = together([lambda: pay(world, 100)] * 20)
    assert Counter(type(outcome) for outcome in outcomes) == {Accepted: 10, Refused: 10}
    assert world.purse().available_cents == 0
    check_books(world)


def test_fifty_payments_of_ten_euros_on_a_hundred(together: Together) -> None:
    for _ in range(ROUNDS):
        world, outcomes = fifty_payments(together)
        assert Counter(type(outcome) for outcome in outcomes) == {Accepted: 10, Refused: 40}
        codes = {outcome.refusal.code for outcome in outcomes if isinstance(outcome, Refused)}
        assert codes == {"passes.balance_too_low"}
        assert world.purse().available_cents == 0
        check_books(world)


@contextmanager
def without_locks():
    """Deliberately broken: rows are read but not locked."""
    unlocked = holdings._LOCK.replace("FOR NO KEY UPDATE", "")
    assert unlocked != holdings._LOCK
    with (
        mock.patch.object(QuerySet, "select_for_update", lambda self, **_kwargs: self),
        mock.patch.object(holdings, "_LOCK", unlocked),
    ):
        yield


@contextmanager
def without_constraint(world: World, table: str, *constraints: str):
    """Deliberately broken: the database no longer has the last word. One table, then mended."""
    with owner_connection() as owner:
        definitions = dict(
            owner.execute(
                "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE conrelid = %s::regclass AND conname = ANY(%s)",
                [table, list(constraints)],
            ).fetchall()
        )
        assert set(definitions) == set(constraints)
        for name in definitions:
            owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        try:
            yield
        finally:
            for name, definition in definitions.items():
                owner.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition} NOT VALID")


def test_without_the_lock_the_payments_overdraw(together: Together) -> None:
    """Negative control: no lock and no constraint, and more than ten payments get through."""
    for _ in range(ROUNDS):
        world = make_world(granted_cents=10_000)
        with (
            without_locks(),
            without_constraint(world, "passes_purse", "passes_purse_never_overdrawn"),
        ):
            outcomes = together([lambda w=world: pay(w, 1_000)] * 50)
            accepted = Counter(type(outcome) for outcome in outcomes)[Accepted]
        if accepted > 10:
            return
    pytest.fail("the race was never lost without a lock: the test proves nothing")


def test_without_the_lock_the_database_still_refuses(together: Together) -> None:
    """The second wall: without the lock, the constraint alone keeps the purse from going under."""
    world = make_world(granted_cents=10_000)
    with without_locks():
        together([lambda: pay(world, 1_000)] * 50)
    assert world.purse().available_cents >= 0
    check_books(world)


@pytest.mark.conformance("S1-95")
def test_twenty_clients_on_one_bon(together: Together) -> None:
    world = make_world()
    number = make_voucher(world, 900)
    outcomes = together([lambda: redeem(world, number)] * 20)
    assert Counter(type(outcome) for outcome in outcomes) == {Accepted: 1, Refused: 19}
    refusals = [outcome.refusal for outcome in outcomes if isinstance(outcome, Refused)]
    assert {refusal.code for refusal in refusals} == {"redemptions.voucher_already_redeemed"}
    assert all("16/06/2026" in refusal.words() for refusal in refusals)
    purse = world.purse()
    assert (purse.held_cents, purse.spent_cents) == (0, 900)
    check_books(world)


def test_without_the_lock_the_nineteen_are_not_told_plainly(together: Together) -> None:
    """Negative control: without the lock several believe in the bon, and only the keys say no."""
    for _ in range(ROUNDS):
        world = make_world()
        number = make_voucher(world, 900)
        with without_locks():
            outcomes = together([lambda w=world, n=number: redeem(w, n)] * 8)
        check_books(world)
        if any(isinstance(outcome, IntegrityError) for outcome in outcomes):
            return
    pytest.fail("the race was never lost without a lock: the test proves nothing")


def test_cancel_against_redeem(together: Together) -> None:
    for _ in range(ROUNDS):
        world = make_world()
        number = make_voucher(world, 900)

        def cancel(world: World = world, number: str = number) -> None:
            with world.inside():
                passes.cancel_voucher(actor=world.beneficiary, key=uuid4(), number=number, now=NOON)

        redeemed, cancelled = together([lambda w=world, n=number: redeem(w, n), cancel])
        if isinstance(redeemed, Accepted):
            assert isinstance(cancelled, VoucherEnded)
            assert world.purse().available_cents == 9_100
        else:
            assert cancelled is None
            assert redeemed.refusal.code == "redemptions.voucher_cancelled"
            assert world.purse().available_cents == 10_000
        check_books(world)


def test_expire_against_redeem(together: Together) -> None:
    """The bon's last day is over for the scheduler, not for a partner whose request is older."""
    for _ in range(ROUNDS):
        world = make_world()
        number = make_voucher(world, 900)

        def expire(world: World = world, number: str = number) -> bool:
            with world.inside():
                return passes.expire_voucher(
                    actor=world.platform,
                    key=uuid4(),
                    number=number,
                    now=NOON + timedelta(days=31),
                )

        redeemed, expired = together([lambda w=world, n=number: redeem(w, n, later=30), expire])
        assert isinstance(redeemed, Accepted) is not expired
        assert world.purse().available_cents == (10_000 if expired else 9_100)
        check_books(world)


@pytest.mark.conformance("S1-76")
@pytest.mark.parametrize("way", ["payment", "voucher"])
def test_the_same_key_five_times_at_once(together: Together, way: str) -> None:
    world = make_world()
    key = uuid4()
    if way == "payment":
        outcomes = together([lambda: pay(world, 900, key=key)] * 5)
    else:
        number = make_voucher(world, 900)
        outcomes = together([lambda: redeem(world, number, key=key)] * 5)
    assert all(isinstance(outcome, Accepted) for outcome in outcomes), outcomes
    assert len({outcome.number for outcome in outcomes}) == 1
    assert sorted(outcome.replayed for outcome in outcomes) == [False, True, True, True, True]
    assert world.purse().spent_cents == 900
    check_books(world)


def test_without_the_key_five_retries_pay_five_times(together: Together) -> None:
    """Negative control: a new key for each try, as if keys were not looked at."""
    world = make_world()
    together([lambda: pay(world, 900)] * 5)
    assert world.purse().spent_cents == 4_500


def test_the_same_key_under_two_purses_at_once(together: Together) -> None:
    """Two requests that take different locks: the unique key decides, the other is told so."""
    world = make_world()
    world.grant(1_000, purse_id=world.tennis_purse_id)
    key = uuid4()

    def pay_from(purse_id: int) -> Outcome:
        with world.inside():
            [outcome] = services.accept(
                actor=world.beneficiary,
                requests=[
                    Payment(
                        key=key,
                        channel=Channel.PARTNER_QR,
                        purse_id=purse_id,
                        partner_id=world.partner_id,
                        amount_cents=100,
                    )
                ],
                now=NOON,
            )
        return outcome

    outcomes = together(
        [
            lambda: pay_from(world.theatre_purse_id),
            lambda: pay_from(world.tennis_purse_id),
        ]
    )
    accepted = [outcome for outcome in outcomes if isinstance(outcome, Accepted)]
    assert len(accepted) == 1
    [other] = [outcome for outcome in outcomes if outcome not in accepted]
    refusal = other.refusal if isinstance(other, Refused) else other
    assert refusal.code == "ledger.key_reused"


@pytest.mark.conformance("S1-118")
def test_cancelling_twice_at_once_gives_back_once(together: Together) -> None:
    world = make_world()
    paid = pay(world, 900)

    def cancel() -> None:
        with world.inside():
            services.cancel(actor=world.partner, key=uuid4(), number=paid.number, now=NOON)

    outcomes = together([cancel] * 5)
    assert Counter(type(outcome) for outcome in outcomes) == {
        type(None): 1,
        RedemptionAlreadyCancelled: 4,
    }
    assert world.purse().available_cents == 10_000
    with world.inside():
        detail = queries.redemption_of_partner(partner_id=world.partner_id, number=paid.number)
    assert detail.redemption.is_cancelled
    check_books(world)


def test_groups_over_the_same_purses_in_opposite_orders_do_not_deadlock(
    together: Together,
) -> None:
    world = make_world()
    world.grant(10_000, purse_id=world.tennis_purse_id)
    purses = [world.theatre_purse_id, world.tennis_purse_id]

    def group(order: list[int]) -> list[Outcome]:
        with world.inside():
            return services.accept(
                actor=world.beneficiary,
                requests=[
                    Payment(
                        key=uuid4(),
                        channel=Channel.PARTNER_QR,
                        purse_id=purse_id,
                        partner_id=world.partner_id,
                        amount_cents=10,
                    )
                    for purse_id in order
                ],
                now=NOON,
            )

    outcomes = together([lambda: group(purses), lambda: group(purses[::-1])] * 8)
    assert all(isinstance(one, Accepted) for outcome in outcomes for one in outcome)
    check_books(world)


def test_grants_with_one_key_at_once_give_once(together: Together) -> None:
    world = make_world(granted_cents=0)
    key = uuid4()
    together([lambda: world.grant(500, key=key)] * 5)
    assert world.purse().granted_cents == 500
    check_books(world)


def test_who_waits_too_long_for_a_purse_is_told_so_and_loses_nothing(committing: None) -> None:
    world = make_world()
    with owner_connection() as owner, owner.transaction():
        owner.execute(
            "SELECT 1 FROM passes_purse WHERE tenant_id = %s AND id = %s FOR UPDATE",
            [world.tenant_id, world.theatre_purse_id],
        )
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '100ms'")
        try:
            with pytest.raises(Busy) as told:
                pay(world, 1_000)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
    assert "Rien n’a été débité" in told.value.words()
    assert world.purse().available_cents == 10_000
    assert isinstance(pay(world, 1_000), Accepted)
    check_books(world)


def test_a_deadlock_is_tried_again(committing: None) -> None:
    world = make_world()
    lock, failures = holdings.lock_purses, iter([pg.DeadlockDetected, pg.DeadlockDetected])

    def unlucky(**arguments: Any) -> Any:
        for failure in failures:
            raise OperationalError from failure()
        return lock(**arguments)

    with mock.patch("tessere.domains.redemptions.acceptance.passes.lock_purses", unlucky):
        assert isinstance(pay(world, 1_000), Accepted)
    check_books(world)
