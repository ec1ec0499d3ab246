"""How far a person has read is a mark of their own, and it never moves back."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tessere.domains.notifications import queries, services
from tessere.domains.notifications.types import partner_topic
from tessere.foundation.actor import NotPermitted
from tests.factories.world import NOON, World, make_world

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def world() -> World:
    return make_world()


def mark(world: World, until: datetime, *, now: datetime = NOON) -> None:
    with world.inside():
        services.mark_seen(actor=world.partner, until=until, now=now)


def seen(
    world: World, *, user_id: int | None = None, partner_id: int | None = None
) -> datetime | None:
    with world.inside():
        return queries.seen_until(
            user_id=user_id or world.partner_user_id,
            topic=partner_topic(partner_id or world.partner_id),
        )


def test_two_pages_never_move_it_back(world: World) -> None:
    assert seen(world) is None
    for until in (NOON - HOUR, NOON - 2 * HOUR, NOON - HOUR):
        mark(world, until)
        assert seen(world) == NOON - HOUR
    mark(world, NOON)
    assert seen(world) == NOON


def test_nobody_reads_what_is_still_to_come(world: World) -> None:
    mark(world, NOON + HOUR)
    assert seen(world) == NOON


def test_it_is_ones_own_and_of_one_structure_and_one_tenant(world: World) -> None:
    mark(world, NOON)
    assert seen(world) == NOON
    assert seen(world, user_id=world.cashier_user_id) is None
    assert seen(world, partner_id=world.other_partner_id) is None
    stranger = make_world()
    assert seen(stranger, user_id=world.partner_user_id, partner_id=world.partner_id) is None


def test_who_may_not_read_notices_marks_none(world: World) -> None:
    with world.inside(), pytest.raises(NotPermitted):
        services.mark_seen(actor=world.beneficiary, until=NOON, now=NOON)
    with world.inside(), pytest.raises(NotPermitted):
        services.mark_seen(
            actor=replace(world.partner, permissions=frozenset()), until=NOON, now=NOON
        )
