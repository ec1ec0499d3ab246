"""What was paid: the receipt across the counter, the record later, the list of all."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tessere.domains.passes import services as passes
from tessere.domains.redemptions import queries, services
from tessere.domains.redemptions.types import Accepted, Channel, Payment, VoucherAcceptance
from tests.factories.world import NOON, World
from tests.portals.people import read as words
from tests.portals.people import signed_in

pytestmark = pytest.mark.django_db
HISTORY = "/beneficiary/history/"


def pay(world: World, cents: int = 900, *, minutes: int = 0) -> str:
    request = Payment(
        key=uuid4(),
        channel=Channel.PARTNER_CODE,
        purse_id=world.theatre_purse_id,
        partner_id=world.partner_id,
        amount_cents=cents,
    )
    at = NOON + timedelta(minutes=minutes)
    with world.inside():
        [outcome] = services.accept(actor=world.beneficiary, requests=[request], now=at)
    assert isinstance(outcome, Accepted)
    return outcome.number


def receipt(client: Client, number: str) -> Any:
    return client.get(f"/beneficiary/receipt/{number}/")


def test_a_fresh_receipt_can_be_checked_across_the_counter(world: World, lina: Client) -> None:
    number = pay(world)
    answer = receipt(lina, number)
    said = words(answer)
    for part in ("Mardi 16 juin 2026", "12:00:00", "Payé", "9,00 €", "Marvigny", "il y a 0 s"):
        assert part in said
    assert " ".join(re.findall("...", number)) in said
    assert 'class="motif"' in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_an_old_receipt_does_not_pass_for_a_payment_made_now(
    world: World, lina: Client, clock: Any
) -> None:
    number = pay(world)
    clock.shift(timedelta(minutes=16))
    answer = receipt(lina, number)
    assert "data-clock" not in answer.content.decode()
    assert "16 juin 2026 à 12:00:00" in words(answer)


@pytest.mark.conformance("S1-113", "S1-118")
def test_a_cancellation_shows_on_the_beneficiarys_side(world: World, lina: Client) -> None:
    number = pay(world)
    with world.inside():
        services.cancel(actor=world.partner, key=uuid4(), number=number, now=NOON)
    page = receipt(lina, number)
    assert "data-clock" not in page.content.decode()
    assert "Annulée le 16 juin 2026 à 12:00" in words(page)
    assert "La somme de 9,00 € est revenue sur l’e.coupon Théâtre." in words(page)
    listed = words(lina.get(HISTORY))
    assert "Annulée" in listed and "la somme est revenue" in listed
    assert world.purse().available_cents == 10_000


def test_the_newest_comes_first_and_pages_count_all(world: World, lina: Client) -> None:
    assert "Aucune opération pour le moment" in words(lina.get(HISTORY))
    numbers = [pay(world, 100, minutes=minute) for minute in range(12)]
    first = lina.get(HISTORY).content.decode()
    shown = re.findall(r"/receipt/([0-9A-Z]{9})/", first)
    assert shown == numbers[:1:-1]
    assert "sur 12" in words(lina.get(HISTORY))
    second = lina.get(f"{HISTORY}?page=2").content.decode()
    assert re.findall(r"/receipt/([0-9A-Z]{9})/", second) == numbers[1::-1]
    for odd in ("0", "99", "-1", "x", "9" * 30):
        assert lina.get(HISTORY, {"page": odd}).status_code == 200


def test_the_list_costs_few_statements(
    world: World, lina: Client, django_assert_max_num_queries: Any
) -> None:
    for _operation in range(10):
        pay(world, 100)
    with django_assert_max_num_queries(14):
        lina.get(HISTORY)


def test_somebody_elses_operation_is_not_found(world: World, lina: Client) -> None:
    answer = receipt(lina, "7M6ETZWF0")
    assert answer.status_code == 404
    number = pay(world)
    partner = signed_in(world, world.partner_email)
    assert receipt(partner, number).status_code == 403


@pytest.mark.conformance("S1-60")
def test_paying_and_handing_over_a_bon_are_operations_of_different_types(
    world: World, lina: Client
) -> None:
    pay(world)
    with world.inside():
        number = passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=400,
            now=NOON,
        )
        bon = VoucherAcceptance(key=uuid4(), number=number, partner_id=world.partner_id)
        services.accept(actor=world.partner, requests=[bon], now=NOON)
        page = queries.redemptions_of_partner(partner_id=world.partner_id, page=1, size=10)
    assert {row.channel_words for row in page.rows} == {"Code partenaire", "Bon d’échange"}
    shown = re.findall(r"/receipt/([0-9A-Z]{9})/", lina.get(HISTORY).content.decode())
    assert {row.number for row in page.rows} == set(shown)
