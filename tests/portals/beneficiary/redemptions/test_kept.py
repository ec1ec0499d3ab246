"""What a beneficiary's telephone keeps: exactly what is hers and can still be used."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.factories.world import World
from tests.portals.partner.stories import accept, make_voucher, pay
from tests.portals.people import signed_in

pytestmark = pytest.mark.django_db
BONS = "/beneficiary/vouchers/"


def kept(client: Client) -> dict[str, str]:
    """The version of each page, by address."""
    answer = client.get("/beneficiary/kept/")
    assert answer["Cache-Control"] == "no-store"
    return {one["url"]: one["version"] for one in answer.json()["pages"]}


@pytest.mark.conformance("S1-61")
def test_bons_are_kept_while_they_can_be_used(world: World, lina: Client) -> None:
    assert list(kept(lina)) == [BONS]
    number = make_voucher(world)
    assert list(before := kept(lina)) == [BONS, f"{BONS}{number}/"]
    assert kept(lina) == before
    accept(signed_in(world, world.cashier_email), number)
    after = kept(lina)
    assert f"{BONS}{number}/" not in after and after[BONS] != before[BONS]
    assert len(after) == 2  # its operation has come


def test_a_receipt_changes_when_it_becomes_a_record(
    world: World, lina: Client, clock: time_machine.Traveller
) -> None:
    path = f"/beneficiary/receipt/{pay(world)}/"
    fresh = kept(lina)[path]
    clock.shift(timedelta(minutes=14))
    assert kept(lina)[path] == fresh
    clock.shift(timedelta(minutes=2))
    assert kept(lina)[path] != fresh


def test_people_call_the_pages_by_their_names(world: World, lina: Client) -> None:
    make_voucher(world, 900)
    pay(world, 250)
    labels = [one["label"] for one in lina.get("/beneficiary/kept/").json()["pages"]]
    assert [" ".join(label.split()) for label in labels] == [
        "Mes bons d’échange",
        "Bon de 9,00 € pour Compagnie des Trois-Ponts",
        "Paiement de 2,50 € chez Compagnie des Trois-Ponts",
    ]


def test_the_list_costs_the_same_for_many_bons(
    world: World, lina: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        make_voucher(world, 100)
    pay(world, 100)
    with django_assert_max_num_queries(15):
        assert len(kept(lina)) == 10
