"""An open list of OPÉRATIONS is told what it lacks: how much, for nobody else, at a small price."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.factories.world import NOON, World
from tests.portals.partner.stories import pay
from tests.portals.people import read, signed_in

pytestmark = pytest.mark.django_db
CHANGED = "/partner/operations/changed/"


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world, world.partner_email)


def said(client: Client, since: datetime) -> str:
    return read(client.get(CHANGED, {"since": since.isoformat()}))


def test_what_came_and_what_was_cancelled_count_once(world: World, client: Client) -> None:
    number = pay(world, at=NOON - timedelta(minutes=5))
    assert said(client, NOON - timedelta(minutes=1)) == ""
    client.post(f"/partner/operations/{number}/cancel/", {"key": str(uuid4())})
    one = "1 opération est nouvelle ou a changé. Actualiser la liste"
    assert said(client, NOON - timedelta(minutes=1)) == one
    assert said(client, NOON - timedelta(minutes=9)) == one
    pay(world, at=NOON)
    assert said(client, NOON - timedelta(minutes=1)).startswith("2 opérations sont nouvelles")


def test_what_happens_elsewhere_is_not_told(world: World, client: Client) -> None:
    world.grant(4_000, purse_id=world.tennis_purse_id)
    pay(world, partner_id=world.other_partner_id)
    assert said(client, NOON - timedelta(days=1)) == ""


def test_hundreds_are_not_counted(world: World, client: Client) -> None:
    for _ in range(100):
        pay(world, 1)
    words = said(client, NOON - timedelta(minutes=1))
    assert words.startswith("Plus de 99 opérations sont nouvelles ou ont changé.")


@pytest.mark.parametrize("since", ["", "hier", "2026-99-01T00:00:00+00:00"])
def test_an_instant_that_is_none_is_refused(client: Client, since: str) -> None:
    assert client.get(CHANGED, {"since": since}).status_code == 400


def test_it_costs_one_statement_beside_the_session(
    world: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    pay(world)
    with django_assert_max_num_queries(11):
        assert said(client, NOON - timedelta(minutes=1))
