"""A structure asks to become a partner."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.world import World
from tests.portals.people import mails_to, read, sign_in, visitor

pytestmark = pytest.mark.django_db
EMAIL = "bonjour@librairie.example"
PASSWORD = "Girafe-Quai7-Pluie"


def ask(client: Client, **changes: str) -> Any:
    typed = {
        "legal_name": "Librairie La Belle Page",
        "siret": "912 345 675 00017",
        "street": "4, place du Vieux-Marché",
        "complement": "",
        "postcode": "99210",
        "town": "Marvigny",
        "first_name": "Nora",
        "last_name": "Vidal",
        "email": EMAIL,
    } | changes
    return client.post("/register/", typed)


@pytest.mark.conformance("S1-20")
def test_a_request_gives_no_right_until_it_is_accepted(world: World) -> None:
    client = visitor(world)
    door = client.get("/sign-in/partner/").content.decode()
    assert 'href="/register/">Créer un compte</a>' in door
    assert ask(client)["Location"] == "/register/done/"
    assert "5 minutes" in read(client.get("/register/done/"))
    [mail] = mails_to(world, EMAIL)
    client.post(mail.context["path"], {"password": PASSWORD, "again": PASSWORD})
    assert sign_in(client, EMAIL, PASSWORD).status_code == 303
    for path in ("", "operations/", "reimbursements/", "agreements/", "structure/", "exports/"):
        assert client.get(f"/partner/{path}")["Location"] == "/partner/pending/"
    assert client.post("/partner/accept/", {"number": "2DZHB6P2K"}).status_code == 302
    page = read(client.get("/partner/pending/"))
    assert "Votre demande est à l’étude" in page and "Librairie La Belle Page" in page


def test_a_partner_at_work_has_nothing_pending(world: World) -> None:
    client = visitor(world)
    sign_in(client, world.partner_email)
    assert client.get("/partner/pending/")["Location"] == "/partner/"


def test_asking_twice_is_harmless(world: World) -> None:
    for _ in range(2):
        assert ask(visitor(world)).status_code == 303
    assert len(mails_to(world, EMAIL)) == 2


@pytest.mark.parametrize("siret", ["35600000009075", "356 000 000 00048"])
def test_la_poste_has_its_own_rule(world: World, siret: str) -> None:
    assert ask(visitor(world), siret=siret).status_code == 303


@pytest.mark.parametrize("siret", ["12345678901234", "123", "ABCDEFGHIJKLMN", ""])
def test_a_wrong_siret_is_refused_and_the_entries_stay(world: World, siret: str) -> None:
    answer = ask(visitor(world), siret=siret)
    assert answer.status_code == 400
    assert 'value="Librairie La Belle Page"' in answer.content.decode()


def test_a_structure_enters_once(world: World) -> None:
    ask(visitor(world))
    answer = ask(visitor(world), email="autre@librairie.example")
    assert answer.status_code == 409 and "PAR-05" in read(answer)


def test_an_address_names_one_account(world: World) -> None:
    answer = ask(visitor(world), email=world.partner_email)
    assert answer.status_code == 409 and "CNX-06" in read(answer)


def test_each_missing_field_is_named(world: World) -> None:
    answer = ask(visitor(world), legal_name="", town="", postcode="9921")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert all(f'href="#id_{name}"' in page for name in ("legal_name", "town", "postcode"))
