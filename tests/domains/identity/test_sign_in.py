"""Signing in costs the same work whoever asks, and tells nothing of who has an account."""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tessere.domains.identity import services
from tessere.domains.identity.models import User
from tessere.domains.identity.types import SignInRefused
from tests.domains.identity.work import NEWCOMER, statements
from tests.factories.world import NOON, PASSWORD, World

WRONG = "Wrong-2026-word"


def try_to_enter(world: World, email: str, password: str) -> Any:
    with world.inside():
        return services.sign_in(actor=world.platform, email=email, password=password, now=NOON)


def attempts(world: World) -> dict[str, tuple[str, str]]:
    """Every way to be refused, as the address and the password that are typed."""
    return {
        "unknown": ("personne@example.org", PASSWORD),
        "not activated": (NEWCOMER, PASSWORD),
        "disabled": (world.cashier_email, PASSWORD),
        "wrong password": (world.partner_email, WRONG),
    }


def test_every_refusal_costs_one_hash_and_the_same_statements(
    world: World, hashes: list[str]
) -> None:
    done = {}
    for case, (email, password) in attempts(world).items():
        hashes.clear()
        with CaptureQueriesContext(connection) as queries:
            assert isinstance(try_to_enter(world, email, password), SignInRefused), case
        done[case] = (len(hashes), statements(queries))
    assert {count for count, _asked in done.values()} == {1}, done
    for case, (_count, asked) in done.items():
        assert asked == done["wrong password"][1], case


def test_who_may_enter_costs_one_hash_too(world: World, hashes: list[str]) -> None:
    assert try_to_enter(world, world.partner_email, PASSWORD).email == world.partner_email
    assert len(hashes) == 1


def test_a_provisional_password_that_is_over_costs_one_hash(
    world: World, hashes: list[str]
) -> None:
    with world.inside(), transaction.atomic():
        User.objects.filter(email=world.partner_email).update(
            provisional_until=NOON - timedelta(seconds=1)
        )
    hashes.clear()
    assert isinstance(try_to_enter(world, world.partner_email, PASSWORD), SignInRefused)
    assert len(hashes) == 1
