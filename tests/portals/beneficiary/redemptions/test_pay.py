"""Paying in three steps, as stories."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tessere.domains.partners import steps as partners_steps
from tessere.domains.partners.types import PartnerStatus
from tessere.domains.redemptions import queries as redemptions
from tessere.domains.redemptions.types import Channel
from tessere.foundation.codes import partner_code_check
from tessere.foundation.links import partner_qr_url
from tests.factories.world import World
from tests.portals.people import read as words

pytestmark = pytest.mark.django_db
PAY = "/beneficiary/pay/"


def find(client: Client, code: str) -> Any:
    """Step 1: a typed code."""
    return client.post(PAY, {"code": code})


def step_2(client: Client, world: World) -> str:
    """The address of step 2 after the code was typed."""
    answer = find(client, world.partner_code)
    assert answer.status_code == 303
    return str(answer["Location"])


def ask(client: Client, address: str, amount: str, *, purse: int, key: str = "") -> Any:
    """Step 3 for an e-coupon and an amount."""
    query = {"key": key or str(uuid4()), "purse": purse, "amount": amount}
    return client.get(address.partition("?")[0] + "confirm/", query)


def hidden(answer: Any) -> dict[str, str]:
    """The hidden fields of the form of a page."""
    return dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.content.decode())
    )


def operations(world: World) -> list[Any]:
    with world.inside():
        page = redemptions.redemptions_of_people(
            beneficiary_ids=world.beneficiary.beneficiary_ids, page=1, size=50
        )
    return page.rows


@pytest.mark.conformance("S1-68")
@pytest.mark.parametrize("code", ["093351957", "093 351 957", " 093.351.957 "])
def test_a_typed_code_leads_to_the_amount(world: World, lina: Client, code: str) -> None:
    page = lina.get(find(lina, code)["Location"])
    assert "Compagnie des Trois-Ponts" in words(page)
    assert "12, rue des Lavandières, Marvigny" in words(page)


@pytest.mark.conformance("S1-68")
def test_a_missing_digit_and_an_unknown_code_are_told_apart(world: World, lina: Client) -> None:
    short, unknown = find(lina, "93351957"), find(lina, "123456789")
    assert short.status_code == 400 and "Un code partenaire a 9 chiffres." in words(short)
    assert "les zéros du début comptent" in words(short)
    assert unknown.status_code == 404 and "Aucun partenaire n’a ce code." in words(unknown)
    for page, typed in ((short, "93351957"), (unknown, "123456789")):
        assert f'value="{typed}"' in page.content.decode()


@pytest.mark.conformance("S1-68")
def test_typing_slows_down_after_ten_misses(world: World, lina: Client, clock: Any) -> None:
    for miss in range(10):
        assert find(lina, f"12345678{miss}").status_code == 404
    slowed = find(lina, world.partner_code)
    assert slowed.status_code == 429 and "ou scannez le QR code" in words(slowed)
    check = partner_code_check(world.partner_code)
    assert lina.get(f"/beneficiary/p/{world.partner_code}/{check}/").status_code == 200
    clock.shift(timedelta(minutes=3))
    assert find(lina, world.partner_code).status_code == 303


def test_codes_cannot_be_tried_in_the_address(world: World, lina: Client) -> None:
    answer = lina.get(f"{PAY}code/{world.partner_code}/AAAAAA/")
    assert answer.status_code == 404
    assert "Compagnie" not in words(answer)


@pytest.mark.conformance("S1-64")
def test_the_qr_code_holds_the_tenants_page_and_nothing_secret(world: World, settings: Any) -> None:
    settings.TESSERE_PUBLIC_SCHEME, settings.TESSERE_PUBLIC_PORT = "https", ""
    check = partner_code_check(world.partner_code)
    payload = partner_qr_url(host=world.host, code=world.partner_code, check=check)
    assert payload == f"https://{world.host}/beneficiary/p/{world.partner_code}/{check}/"


@pytest.mark.conformance("S1-64")
def test_an_altered_qr_code_is_noticed(world: World, lina: Client) -> None:
    check = partner_code_check(world.partner_code)
    altered = world.partner_code[:-1] + str((int(world.partner_code[-1]) + 1) % 10)
    answer = lina.get(f"/beneficiary/p/{altered}/{check}/")
    assert answer.status_code == 400
    assert "Ce QR code a été modifié ou abîmé." in words(answer)
    assert 'name="code"' in answer.content.decode()


@pytest.mark.conformance("S1-64")
def test_a_suspended_partner_is_refused_at_every_step(world: World, lina: Client) -> None:
    address = step_2(lina, world)
    confirmed = ask(lina, address, "9", purse=world.theatre_purse_id)
    with world.inside():
        partners_steps.set_status(partner_id=world.partner_id, status=PartnerStatus.SUSPENDED)
    check = partner_code_check(world.partner_code)
    for answer in (
        find(lina, world.partner_code),
        lina.get(f"/beneficiary/p/{world.partner_code}/{check}/"),
        lina.get(address),
        lina.post(confirmed.wsgi_request.path, hidden(confirmed)),
    ):
        assert answer.status_code == 409
        assert "n’accepte pas le pass en ce moment" in words(answer)
    assert world.purse().available_cents == 10_000


def test_the_scanned_code_enters_at_step_2_with_its_channel(world: World, lina: Client) -> None:
    check = partner_code_check(world.partner_code)
    page = lina.get(f"/beneficiary/p/{world.partner_code}/{check}/")
    assert "Étape 2 sur 3" in words(page)
    way = f"{PAY}qr/{world.partner_code}/{check}/"
    assert f'action="{way}confirm/"' in page.content.decode()
    confirmed = ask(lina, way, "9", purse=world.theatre_purse_id)
    lina.post(confirmed.wsgi_request.path, hidden(confirmed))
    assert [one.channel for one in operations(world)] == [Channel.PARTNER_QR]


@pytest.mark.conformance("S1-77")
def test_the_confirmation_names_partner_town_and_amount(world: World, lina: Client) -> None:
    page = ask(lina, step_2(lina, world), "9", purse=world.theatre_purse_id)
    said = words(page)
    for part in ("Compagnie des Trois-Ponts", "Marvigny", "Payer 9,00 €", "Ne rien payer"):
        assert part in said
    assert "100,00 €" in said and "−9,00 €" in said and "91,00 €" in said
    assert 'href="/beneficiary/"' in page.content.decode()
    assert lina.get("/beneficiary/").status_code == 200
    assert world.purse().available_cents == 10_000 and not operations(world)


@pytest.mark.conformance("S1-70")
def test_a_payment_needs_nobody_else(world: World, lina: Client) -> None:
    page = ask(lina, step_2(lina, world), "9,50", purse=world.theatre_purse_id)
    answer = lina.post(page.wsgi_request.path, hidden(page))
    assert answer.status_code == 303
    [paid] = operations(world)
    assert (paid.amount_cents, paid.channel) == (950, Channel.PARTNER_CODE)
    receipt = words(lina.get(answer["Location"]))
    for part in ("Payé", "9,50 €", "Compagnie des Trois-Ponts", "90,50 €", "12:00:00"):
        assert part in receipt
    with world.inside():
        seen = redemptions.redemptions_of_partner(partner_id=world.partner_id, page=1, size=10)
    assert [row.number for row in seen.rows] == [paid.number]


@pytest.mark.conformance("S1-69")
@pytest.mark.parametrize(("typed", "cents"), [("9", 900), ("9,5", 950), ("9.50", 950)])
def test_amounts_as_people_write_them(world: World, lina: Client, typed: str, cents: int) -> None:
    page = ask(lina, step_2(lina, world), typed, purse=world.theatre_purse_id)
    lina.post(page.wsgi_request.path, hidden(page))
    assert [one.amount_cents for one in operations(world)] == [cents]


@pytest.mark.conformance("S1-69")
@pytest.mark.parametrize(
    "typed", ["0", "-1", "0,001", "1e3", "neuf", "", "100,01", "1 000 000 000"]
)
def test_other_amounts_are_refused_with_the_balance(world: World, lina: Client, typed: str) -> None:
    address = step_2(lina, world)
    page = ask(lina, address, typed, purse=world.theatre_purse_id)
    assert page.status_code == 400
    assert "Il reste 100,00 € sur l’e.coupon Théâtre." in words(page)
    assert "Rien n’a été débité." in words(page)
    if typed:
        assert f'value="{typed}"' in page.content.decode()
    fields = {"key": str(uuid4()), "purse": world.theatre_purse_id, "amount": typed}
    posted = lina.post(address.partition("?")[0] + "confirm/", fields)
    assert posted.status_code in {400, 409}
    assert "100,00 €" in words(posted)
    assert not operations(world)


@pytest.mark.conformance("S1-76")
def test_a_double_click_and_the_back_button_give_the_same_receipt(
    world: World, lina: Client
) -> None:
    page = ask(lina, step_2(lina, world), "100", purse=world.theatre_purse_id)
    first = lina.post(page.wsgi_request.path, hidden(page))
    again = lina.post(page.wsgi_request.path, hidden(page))
    assert first["Location"] == again["Location"]
    assert len(operations(world)) == 1


@pytest.mark.conformance("S1-76")
def test_the_confirmation_keeps_its_key_when_it_is_loaded_again(world: World, lina: Client) -> None:
    address, key = step_2(lina, world), str(uuid4())
    pages = [ask(lina, address, "9", purse=world.theatre_purse_id, key=key) for _reload in range(2)]
    answers = [lina.post(page.wsgi_request.path, hidden(page)) for page in pages]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert world.purse().available_cents == 9_100


@pytest.mark.conformance("S1-76")
def test_a_payment_sent_again_has_its_receipt_whatever_became_of_the_partner(
    world: World, lina: Client
) -> None:
    page = ask(lina, step_2(lina, world), "9", purse=world.theatre_purse_id)
    first = lina.post(page.wsgi_request.path, hidden(page))
    with world.inside():
        partners_steps.set_status(partner_id=world.partner_id, status=PartnerStatus.SUSPENDED)
    again = lina.post(page.wsgi_request.path, hidden(page))
    assert (again.status_code, again.get("Location")) == (303, first["Location"])
    assert world.purse().available_cents == 9_100


def test_a_key_that_served_for_something_else_is_told_so(world: World, lina: Client) -> None:
    address, key = step_2(lina, world), str(uuid4())
    page = ask(lina, address, "9", purse=world.theatre_purse_id, key=key)
    lina.post(page.wsgi_request.path, hidden(page))
    answer = lina.post(page.wsgi_request.path, hidden(page) | {"amount": "10"})
    assert answer.status_code == 422
    assert "déjà servi pour une autre opération" in words(answer)
    assert hidden(answer)["key"] != key
    assert world.purse().available_cents == 9_100


def test_only_accepted_e_coupons_can_be_chosen(world: World, lina: Client) -> None:
    world.grant(4_000, purse_id=world.tennis_purse_id)
    other = find(lina, "047218396")
    page = lina.get(other["Location"])
    said = words(page)
    assert "Tennis-club marvinois ne le prend pas" in said
    assert re.search(rf'value="{world.theatre_purse_id}"[^>]* disabled', page.content.decode())
    refused = ask(lina, other["Location"], "9", purse=world.theatre_purse_id)
    assert refused.status_code == 400 and "Choisissez un autre e.coupon" in words(refused)
    fields = {"key": str(uuid4()), "purse": world.theatre_purse_id, "amount": "9"}
    posted = lina.post(other["Location"].partition("?")[0] + "confirm/", fields)
    assert posted.status_code == 409 and "n’a pas de convention pour Théâtre" in words(posted)
    assert not operations(world)


def test_the_e_coupon_asked_for_is_chosen_beforehand(world: World, lina: Client) -> None:
    world.grant(4_000, purse_id=world.tennis_purse_id)
    answer = lina.post(PAY, {"code": world.partner_code, "purse": world.tennis_purse_id})
    page = lina.get(answer["Location"]).content.decode()
    assert re.search(rf'value="{world.tennis_purse_id}"[^>]* checked', page)


def test_somebody_elses_purse_is_not_found(world: World, lina: Client) -> None:
    address = step_2(lina, world)
    fields = {"key": str(uuid4()), "purse": 10**12, "amount": "9"}
    answer = lina.post(address.partition("?")[0] + "confirm/", fields)
    assert answer.status_code == 404
    assert "Cet e.coupon n’est pas dans votre espace." in words(answer)


def test_pages_cost_few_statements(
    world: World, lina: Client, django_assert_max_num_queries: Any
) -> None:
    address = step_2(lina, world)
    with django_assert_max_num_queries(16):
        lina.get(address)
    with django_assert_max_num_queries(16):
        page = ask(lina, address, "9", purse=world.theatre_purse_id)
    with django_assert_max_num_queries(24):
        lina.post(page.wsgi_request.path, hidden(page))
