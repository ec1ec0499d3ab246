"""Acceptance, as a story: who pays what to whom, and what is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tessere.domains.ledger import queries as ledger
from tessere.domains.passes import services as passes
from tessere.domains.redemptions import services
from tessere.domains.redemptions.types import (
    Accepted,
    Channel,
    Payment,
    Refused,
    VoucherAcceptance,
)
from tests.factories.world import NOON, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def pay(world: World, cents: int, **changes):
    request = {
        "key": uuid4(),
        "channel": Channel.PARTNER_CODE,
        "purse_id": world.theatre_purse_id,
        "partner_id": world.partner_id,
        "amount_cents": cents,
    } | changes
    with world.inside():
        [outcome] = services.accept(
            actor=world.beneficiary, requests=[Payment(**request)], now=NOON
        )
    return outcome


def test_a_payment_moves_value_to_the_partner(world: World) -> None:
    outcome = pay(world, 900)
    assert isinstance(outcome, Accepted)
    assert world.purse().available_cents == 9_100
    with world.inside():
        balances = {b.owner: b.balance_cents for b in ledger.balances().values()}
    assert balances[f"partner:{world.partner_id}:authority:{world.authority_id}"] == 900


def test_the_same_key_gives_the_same_answer(world: World) -> None:
    key = uuid4()
    first, second = pay(world, 900, key=key), pay(world, 900, key=key)
    assert second.replayed and second.number == first.number
    assert world.purse().available_cents == 9_100


def test_the_same_key_with_another_request_is_refused(world: World) -> None:
    key = uuid4()
    pay(world, 900, key=key)
    outcome = pay(world, 901, key=key)
    assert isinstance(outcome, Refused) and outcome.refusal.code == "ledger.key_reused"
    assert world.purse().available_cents == 9_100


def test_a_voucher_is_held_then_redeemed(world: World) -> None:
    with world.inside():
        number = passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=900,
            now=NOON,
        )
        assert world.purse().available_cents == 9_100
        [outcome] = services.accept(
            actor=world.partner,
            requests=[VoucherAcceptance(key=uuid4(), number=number, partner_id=world.partner_id)],
            now=NOON + timedelta(hours=1),
        )
        assert isinstance(outcome, Accepted)
        purse = world.purse()
        assert (purse.available_cents, purse.held_cents, purse.spent_cents) == (
            9_100,
            0,
            900,
        )
        services.cancel(actor=world.partner, key=uuid4(), number=outcome.number, now=NOON)
        assert world.purse().available_cents == 10_000


@pytest.mark.parametrize("size", [1, 20])
def test_a_group_costs_the_same_statements(
    world: World, size: int, django_assert_num_queries
) -> None:
    requests = [
        Payment(
            key=uuid4(),
            channel=Channel.PARTNER_CODE,
            purse_id=world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=100,
        )
        for _ in range(size)
    ]
    with world.inside(), django_assert_num_queries(10):
        outcomes = services.accept(actor=world.beneficiary, requests=requests, now=NOON)
    assert all(isinstance(outcome, Accepted) for outcome in outcomes)
