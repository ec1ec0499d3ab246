"""The door: where it leads those whom it does not let in, and with what in their hands."""

from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tessere.domains.passes.queries import voucher_proof
from tessere.foundation.codes import partner_code_check
from tests.factories.world import PASSWORD, World
from tests.portals.partner.stories import make_voucher, pay
from tests.portals.people import read, signed_in, visitor

pytestmark = pytest.mark.django_db
FORM_OF = {
    "/partner/accept/": "/partner/",
    "/partner/typed-entry/reopen/": "/partner/",
    "/partner/operations/export/": "/partner/operations/",
}


def come_back(client: Client, answer: Any, email: str) -> Any:
    """Sign in where a request was led to; the page that is shown after it."""
    assert answer.status_code == 303, answer.status_code
    door = urlsplit(answer["Location"])
    [suite] = parse_qs(door.query)["suite"]
    typed = {"key": str(uuid4()), "email": email, "password": PASSWORD, "suite": suite}
    return client.post(door.path, typed, follow=True)


def qr_of_partner(world: World) -> str:
    return f"/beneficiary/p/{world.partner_code}/{partner_code_check(world.partner_code)}/"


def qr_of_voucher(world: World) -> str:
    number = make_voucher(world)
    with world.inside():
        proof = voucher_proof(number=number)
    return f"/partner/voucher/{number}/{proof}/"


@pytest.mark.parametrize(("address", "form"), FORM_OF.items())
def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(
    world: World, address: str, form: str
) -> None:
    client = visitor(world)
    page = come_back(client, client.post(address, {"file": "operations.csv"}), world.partner_email)
    assert page.status_code == 200
    assert page.wsgi_request.path == form


def test_a_typed_number_comes_through_the_sign_in(world: World) -> None:
    number, client = make_voucher(world), visitor(world)
    answer = client.post("/partner/accept/", {"key": str(uuid4()), "number": number})
    page = come_back(client, answer, world.cashier_email)
    assert page.wsgi_request.path == "/partner/"
    assert f'value="{number}"' in page.content.decode()
    assert world.purse().held_cents == 900


def test_a_payment_comes_back_to_its_confirmation(world: World) -> None:
    lina, key = signed_in(world, world.beneficiary_email, door="beneficiary"), str(uuid4())
    typed = lina.post("/beneficiary/pay/", {"code": world.partner_code})["Location"]
    confirm = urlsplit(typed).path + "confirm/"
    lina.post(reverse("public:identity:sign_out"))
    fields = {"key": key, "purse": world.theatre_purse_id, "amount": "9,50"}
    page = come_back(lina, lina.post(confirm, fields), world.beneficiary_email)
    assert (page.wsgi_request.path, page.status_code) == (confirm, 200)
    assert "Payer 9,50 €" in read(page) and f'value="{key}"' in page.content.decode()
    assert world.purse().available_cents == 10_000


def test_a_bon_comes_back_to_its_value(world: World) -> None:
    client, key = visitor(world), str(uuid4())
    wanted = {"purse": world.theatre_purse_id, "partner": world.partner_id, "amount": "7,50"}
    answer = client.post("/beneficiary/vouchers/new/", {"key": key, **wanted})
    page = come_back(client, answer, world.beneficiary_email)
    assert page.status_code == 200
    assert "Étape 3 sur 3" in read(page)
    assert 'value="7,50"' in page.content.decode() and f'value="{key}"' in page.content.decode()


def test_secrets_are_never_carried_in_an_address(world: World) -> None:
    client = visitor(world)
    answer = client.post("/password/change/", {"current": "Ancien-mot-1", "password": "Neuf-mot-2"})
    assert "mot-" not in answer.get("Location", "")


@pytest.mark.parametrize(("address", "form"), FORM_OF.items())
def test_the_address_of_a_form_leads_to_its_page(world: World, address: str, form: str) -> None:
    for email in (world.partner_email, world.cashier_email):
        answer = signed_in(world, email).get(address)
        assert (answer.status_code, answer.get("Location")) == (302, form)
    asked = visitor(world).get(address, follow=True)
    assert asked.redirect_chain[-1][0] == f"/sign-in/partner/?suite={quote(form, safe='')}"


def test_a_method_that_a_page_does_not_know_is_refused_in_words(world: World) -> None:
    number, client = pay(world), signed_in(world, world.partner_email)
    for address in ("/partner/", f"/partner/operations/{number}/"):
        answer = client.post(address)
        assert answer.status_code == 405 and "GET" in answer["Allow"]
        said = read(answer)
        assert "Rien n’a été enregistré" in said and "Revenir à l’accueil" in said
        assert f"Pass {world.host.partition('.')[0]}" in said


def test_a_beneficiary_who_opens_the_qr_code_of_a_bon_is_told_what_to_do(world: World) -> None:
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    address = qr_of_voucher(world)
    answer = lina.get(address)
    said = read(answer)
    assert answer.status_code == 403
    assert "Montrez ce bon à l’accueil du partenaire" in said
    assert "administrateur" not in said
    other = reverse("public:identity:sign_in_partner")
    assert f'href="{other}?suite={address.replace("/", "%2F")}"' in answer.content.decode()


def test_a_partner_who_opens_a_partners_qr_code_is_told_whose_page_it_is(world: World) -> None:
    address = qr_of_partner(world)
    answer = signed_in(world, world.cashier_email).get(address)
    said = read(answer)
    assert answer.status_code == 403
    assert "page des bénéficiaires" in said and "administrateur" not in said
    other = reverse("public:identity:sign_in_beneficiary")
    assert f'href="{other}?suite={address.replace("/", "%2F")}"' in answer.content.decode()


def test_signing_in_as_the_other_ends_the_first_session(world: World) -> None:
    client, address = signed_in(world, world.cashier_email), qr_of_partner(world)
    door = f"/sign-in/beneficiary/?suite={address}"
    assert client.get(door).status_code == 200
    typed = {"key": str(uuid4()), "email": world.beneficiary_email, "password": PASSWORD}
    answer = client.post(door.partition("?")[0], {**typed, "suite": address}, follow=True)
    assert answer.wsgi_request.path == address and "Étape 2 sur 3" in read(answer)
    assert client.get("/partner/").status_code == 403


def test_a_cashier_is_still_sent_to_the_administrator(world: World) -> None:
    answer = signed_in(world, world.cashier_email).get("/partner/exports/")
    assert answer.status_code == 403
    assert "administrateur de votre structure" in read(answer)
