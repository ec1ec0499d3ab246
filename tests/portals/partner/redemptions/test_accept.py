"""A partner accepts a bon: typed, scanned, tried twice, mistyped, or not for it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from tessere.domains.passes import queries as passes_queries
from tessere.domains.passes import services as passes
from tessere.foundation.links import voucher_qr_url
from tests.factories.world import NOON, World, make_world
from tests.portals.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def world(clock: time_machine.Traveller) -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world, world.partner_email)


def voucher(world: World, cents: int = 900, *, partner_id: int | None = None) -> str:
    with world.inside():
        return passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=world.tennis_purse_id if partner_id else world.theatre_purse_id,
            partner_id=partner_id or world.partner_id,
            amount_cents=cents,
            now=NOON,
        )


def accept(client: Client, number: str, **more):
    return client.post("/partner/accept/", {"key": str(uuid4()), "number": number, **more})


def words(answer) -> str:
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\xa0", " ").split())


def test_home(client):
    assert client.get("/partner/").status_code == 200

def test_ok(client, world):
    n = voucher(world)
    a = accept(client, n)
    assert a.status_code == 303
    a = client.get(a["Location"])
    assert a.status_code == 200
    for u in ("operations/", "reimbursements/", "agreements/", "structure/", "exports/", "waiting/"):
        assert client.get("/partner/" + u).status_code == 200, u
    assert accept(client, n).status_code == 409
    assert accept(client, "").status_code == 400
    assert accept(client, "ABC").status_code == 400
