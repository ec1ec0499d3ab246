"""Bons lapse by themselves after their last day, and give their value back once."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError

from tessere.domains.passes import services, tasks
from tessere.domains.passes.tasks import expire_vouchers
from tests.factories.world import NOON, World, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world(granted_cents=2_000)


def make_voucher(world: World, **changes: Any) -> str:
    wanted: dict[str, Any] = {
        "key": uuid4(),
        "purse_id": world.theatre_purse_id,
        "partner_id": world.partner_id,
        "amount_cents": 900,
    }
    with world.inside():
        return services.create_voucher(actor=world.beneficiary, now=NOON, **wanted | changes)


@pytest.mark.conformance("S1-96")
def test_the_value_is_held_then_comes_back_on_expiry_once(world: World) -> None:
    make_voucher(world)
    assert world.purse().available_cents == 1_100
    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        expire_vouchers()
    assert world.purse().available_cents == 1_100
    for _twice in range(2):
        with time_machine.travel(NOON + timedelta(days=31), tick=False):
            expire_vouchers()
        purse = world.purse()
        assert (purse.available_cents, purse.held_cents) == (2_000, 0)


@pytest.mark.conformance("S1-96")
def test_the_value_comes_back_on_cancellation_once(world: World) -> None:
    number, key = make_voucher(world), uuid4()
    for _twice in range(2):
        with world.inside():
            services.cancel_voucher(actor=world.beneficiary, key=key, number=number, now=NOON)
    assert world.purse().available_cents == 2_000


def test_every_tenant_has_its_turn(world: World) -> None:
    other = make_world(granted_cents=2_000)
    make_voucher(world)
    make_voucher(other)
    with time_machine.travel(NOON + timedelta(days=40), tick=False):
        assert expire_vouchers() >= 2
    assert world.purse().available_cents == other.purse().available_cents == 2_000


def test_a_bon_that_the_database_refuses_keeps_none_of_the_others_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, _sound = make_voucher(world), make_voucher(world)

    def expire(*, number: str, **facts: Any) -> bool:
        if number == broken:
            raise IntegrityError
        return services.expire_voucher(number=number, **facts)

    monkeypatch.setattr(tasks, "expire_voucher", expire)
    with time_machine.travel(NOON + timedelta(days=31), tick=False):
        tasks.expire_vouchers()
    assert world.purse().held_cents == 900
