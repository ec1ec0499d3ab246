"""What a structure's people are told of: what others did at their counter, and no more."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tessere.domains.notifications import services as notifications
from tessere.domains.redemptions import notices, queries, services
from tessere.domains.redemptions.types import MOST_NOTICES, Accepted, Channel, Notice
from tests.domains.redemptions.stories import make_bon, pay, payment, present
from tests.factories.world import NOON, World, make_world

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> World:
    return make_world()


def told(world: World, reader_id: int | None = None) -> list[Notice]:
    with world.inside():
        return queries.notices_of_partner(
            partner_id=world.partner_id, reader_id=reader_id or world.partner_user_id
        )


def unread(world: World, reader_id: int | None = None, *, partner_id: int | None = None) -> int:
    with world.inside():
        return queries.unread_of_partner(
            partner_id=partner_id or world.partner_id,
            reader_id=reader_id or world.partner_user_id,
        )


def paid(world: World, cents: int, *, now: datetime = NOON) -> str:
    outcome = pay(world, cents, now=now)
    assert isinstance(outcome, Accepted), outcome
    return outcome.number


def cancel(world: World, number: str, *, now: datetime) -> None:
    with world.inside():
        services.cancel(actor=world.partner, key=uuid4(), number=number, now=now)


@pytest.mark.conformance("S1-71")
def test_a_payment_is_told_with_its_number_amount_beneficiary_and_time(world: World) -> None:
    number = paid(world, 900)
    [notice] = told(world)
    assert (notice.operation.number, notice.operation.amount_cents) == (number, 900)
    assert notice.operation.beneficiary_name == "Lina BESNARD"
    assert notice.operation.channel is Channel.PARTNER_CODE
    assert (notice.at, notice.is_cancellation, notice.is_unread) == (NOON, False, True)
    assert unread(world) == 1


def test_one_is_not_told_of_what_one_did_oneself(world: World) -> None:
    """The administrator took a bon, then cancelled it: the cashier is told of both."""
    present(world, make_bon(world))
    [taken] = told(world, world.cashier_user_id)
    cancel(world, taken.operation.number, now=NOON + MINUTE)
    assert told(world) == [] and unread(world) == 0
    later, first = told(world, world.cashier_user_id)
    assert (later.is_cancellation, later.at) == (True, NOON + MINUTE)
    assert (first.is_cancellation, first.at) == (False, NOON)
    assert later.operation.number == first.operation.number
    assert unread(world, world.cashier_user_id) == 2


def test_what_nobody_in_particular_did_is_told_to_all(world: World) -> None:
    with world.inside():
        services.accept(actor=world.platform, requests=[payment(world, 500)], now=NOON)
    assert unread(world) == unread(world, world.cashier_user_id) == 1


def test_what_comes_after_the_mark_is_unread_for_its_reader_alone(world: World) -> None:
    for minutes in (3, 2, 1):
        paid(world, 100 * minutes, now=NOON - minutes * MINUTE)
    with world.inside():
        notifications.mark_seen(actor=world.partner, until=NOON - 2 * MINUTE, now=NOON)
    assert [(one.operation.amount_cents, one.is_unread) for one in told(world)] == [
        (100, True),
        (200, False),
        (300, False),
    ]
    assert (unread(world), unread(world, world.cashier_user_id)) == (1, 3)


def test_there_is_an_end_to_the_list_and_to_the_counter(world: World) -> None:
    requests = [payment(world, 1) for _ in range(MOST_NOTICES + 5)]
    with world.inside():
        services.accept(actor=world.beneficiary, requests=requests, now=NOON)
    newest = paid(world, 900, now=NOON + MINUTE)
    shown = told(world)
    assert len(shown) == unread(world) == MOST_NOTICES
    assert shown[0].operation.number == newest


def tell_nothing_to_others(world: World, stranger: World) -> None:
    assert unread(world) == 1
    assert unread(world, partner_id=world.other_partner_id) == 0
    assert unread(stranger) == 0
    # Not even by the other tenant's own ids.
    with stranger.inside():
        ours = {"partner_id": world.partner_id, "reader_id": stranger.partner_user_id}
        assert queries.unread_of_partner(**ours) == 0
        assert queries.notices_of_partner(**ours) == []


def test_other_structures_and_tenants_are_told_nothing(world: World) -> None:
    paid(world, 900)
    tell_nothing_to_others(world, make_world())


def test_without_its_filter_another_structure_would_be_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the test above sees a statement that forgot the structure."""
    paid(world, 900)
    forgetful = notices._HAPPENED.replace("AND partner_id = %(partner)s", "")
    monkeypatch.setattr(notices, "_HAPPENED", forgetful)
    with pytest.raises(AssertionError):
        tell_nothing_to_others(world, make_world())


def test_the_wall_stands_behind_the_filter(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    paid(world, 900)
    forgetful = notices._HAPPENED.replace("tenant_id = %(tenant)s AND", "")
    assert "tenant_id" not in forgetful
    monkeypatch.setattr(notices, "_HAPPENED", forgetful)
    tell_nothing_to_others(world, make_world())
