"""Bons d'échange, as stories: made, looked at, cancelled, lapsed."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tessere.domains.passes import queries, services
from tessere.domains.passes.tasks import expire_vouchers
from tessere.domains.passes.types import VoucherDetail, VoucherStatus
from tessere.domains.redemptions import services as redemptions
from tessere.domains.redemptions.types import Accepted, VoucherAcceptance
from tests.factories.world import NOON, World
from tests.portals.people import read as words
from tests.portals.people import signed_in

pytestmark = pytest.mark.django_db
BONS = "/beneficiary/vouchers/"
NEW = f"{BONS}new/"


def bons(world: World) -> list[VoucherDetail]:
    with world.inside():
        return queries.vouchers_of(beneficiary_ids=world.beneficiary.beneficiary_ids)


def create(client: Client, world: World, amount: str, **changes: Any) -> Any:
    """The last step of a new bon."""
    filled = {
        "key": str(uuid4()),
        "purse": world.theatre_purse_id,
        "partner": world.partner_id,
        "amount": amount,
    }
    return client.post(NEW, filled | changes)


def number_of(answer: Any) -> str:
    assert answer.status_code == 303, words(answer)
    return str(answer["Location"]).removeprefix(BONS).strip("/")


@pytest.mark.conformance("S1-79")
def test_e_coupon_then_partner_then_value(world: World, lina: Client) -> None:
    world.grant(4_000, purse_id=world.tennis_purse_id)
    first = lina.get(NEW)
    assert "Théâtre" in words(first) and "Tennis" in words(first)
    second = lina.get(NEW, {"purse": world.theatre_purse_id})
    assert "Compagnie des Trois-Ponts" in words(second)
    assert "Tennis-club marvinois" not in words(second)
    [key] = re.findall(r'name="key" value="([^"]+)"', second.content.decode())
    asked = {"purse": world.theatre_purse_id, "partner": world.partner_id, "key": key}
    third = lina.get(NEW, asked)
    assert "Il reste 100,00 € à Lina" in words(third)
    assert f'name="key" value="{key}"' in third.content.decode()
    bon = lina.get(create(lina, world, "9", key=key)["Location"])
    said = words(bon)
    for part in (
        "Votre bon est prêt. La somme de 9,00 € est réservée",
        "À utiliser",
        "16 juillet 2026",
    ):
        assert part in said
    assert world.purse().available_cents == 9_100


@pytest.mark.conformance("S1-79")
@pytest.mark.parametrize("typed", ["100,01", "1000"])
def test_more_than_the_balance_is_refused(world: World, lina: Client, typed: str) -> None:
    answer = create(lina, world, typed)
    assert answer.status_code == 409
    assert "Il reste 100,00 € sur l’e.coupon Théâtre." in words(answer)
    assert f'value="{typed}"' in answer.content.decode()
    assert not bons(world)


@pytest.mark.parametrize("typed", ["", "0", "-1", "0,001", "1e3", "neuf"])
def test_what_is_no_amount_is_refused(world: World, lina: Client, typed: str) -> None:
    answer = create(lina, world, typed)
    assert answer.status_code == 400
    assert "Rien n’a été réservé." in words(answer)
    assert not bons(world)


def test_the_same_form_twice_makes_one_bon(world: World, lina: Client) -> None:
    key = str(uuid4())
    first, again = (create(lina, world, "9", key=key) for _twice in range(2))
    assert first["Location"] == again["Location"]
    other = create(lina, world, "10", key=key)
    assert other.status_code == 422
    assert f'value="{key}"' not in other.content.decode()
    assert len(bons(world)) == 1


def test_a_partner_without_agreement_cannot_be_named(world: World, lina: Client) -> None:
    answer = create(lina, world, "9", partner=world.other_partner_id)
    assert answer.status_code == 409
    assert "n’a pas de convention pour Théâtre" in words(answer)
    unlisted = lina.get(NEW, {"purse": world.theatre_purse_id, "partner": world.other_partner_id})
    assert unlisted.status_code == 400
    assert "Choisissez un partenaire de la liste." in words(unlisted)


def test_somebody_elses_purse_is_not_found(world: World, lina: Client) -> None:
    answer = create(lina, world, "9", purse=10**12)
    assert answer.status_code == 404
    assert "Cet e.coupon n’est pas dans votre espace." in words(answer)


@pytest.mark.conformance("S1-96")
def test_cancelling_gives_the_value_back(world: World, lina: Client) -> None:
    number = number_of(create(lina, world, "9"))
    asked = lina.get(f"{BONS}{number}/cancel/")
    assert "La somme de 9,00 € reviendra sur l’e.coupon Théâtre." in words(asked)
    assert "Garder le bon" in words(asked)
    assert world.purse().available_cents == 9_100
    key = {"key": str(uuid4())}
    for _double_click in range(2):
        answer = lina.post(f"{BONS}{number}/cancel/", key)
        assert answer.status_code == 303
    assert world.purse().available_cents == 10_000
    page = words(lina.get(answer["Location"]))
    assert "Annulé" in page and "La somme de 9,00 € est revenue sur l’e.coupon Théâtre." in page
    late = lina.post(f"{BONS}{number}/cancel/", {"key": str(uuid4())})
    assert late.status_code == 409 and "n’est plus modifiable" in words(late)
    assert lina.get(f"{BONS}{number}/cancel/").status_code == 302


@pytest.mark.conformance("S1-96")
def test_a_bon_past_its_last_day_is_shown_as_expired_and_gives_back_once(
    world: World, lina: Client, clock: Any
) -> None:
    number = number_of(create(lina, world, "9"))
    clock.shift(timedelta(days=31))
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    page = lina.get(f"{BONS}{number}/")
    assert "Expiré" in words(page) and "dans la journée" in words(page)
    assert "Imprimer" not in words(page)
    for _twice in range(2):
        expire_vouchers()
        assert world.purse().available_cents == 10_000
    assert "La somme de 9,00 € est revenue" in words(lina.get(f"{BONS}{number}/"))
    assert "Expiré" in words(lina.get(BONS))


def test_a_bon_that_served_says_so(world: World, lina: Client) -> None:
    number = number_of(create(lina, world, "9"))
    request = VoucherAcceptance(key=uuid4(), number=number, partner_id=world.partner_id)
    with world.inside():
        [outcome] = redemptions.accept(actor=world.partner, requests=[request], now=NOON)
    assert isinstance(outcome, Accepted)
    assert "Utilisé" in words(lina.get(BONS))
    assert "Le partenaire l’a accepté." in words(lina.get(f"{BONS}{number}/"))
    late = lina.post(f"{BONS}{number}/cancel/", {"key": str(uuid4())})
    assert late.status_code == 409 and "Utilisé" in words(late)
    assert [bon.voucher.status for bon in bons(world)] == [VoucherStatus.REDEEMED]


def test_the_list_is_empty_then_has_what_can_be_used_first(
    world: World, lina: Client, django_assert_max_num_queries: Any
) -> None:
    assert "Aucun bon pour le moment" in words(lina.get(BONS))
    used, open_ = (number_of(create(lina, world, amount)) for amount in ("4", "5"))
    with world.inside():
        services.cancel_voucher(actor=world.beneficiary, key=uuid4(), number=open_, now=NOON)
    with django_assert_max_num_queries(14):
        page = lina.get(BONS)
    shown = re.findall(r"/vouchers/([0-9A-Z]{9})/", page.content.decode())
    assert shown == [used, open_]


def test_somebody_elses_bon_is_not_found(world: World, lina: Client) -> None:
    for path in ("2DZHB6P2K/", "2DZHB6P2K/print/", "2DZHB6P2K/cancel/"):
        answer = lina.get(BONS + path)
        assert answer.status_code == 404
        assert "Aucun bon n’a ce numéro." in words(answer)
