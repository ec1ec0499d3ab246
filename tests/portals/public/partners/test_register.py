"""A structure asks to become a partner."""

from typing import Any

import pytest
from django.core import mail as sent_mails
from django.test import Client

from tessere.adapters.mail import Mailer
from tessere.domains.identity.rules import LINKS_AN_HOUR
from tessere.domains.notifications.services import deliver
from tessere.foundation import clock
from tests.factories.world import World, luhn_siret
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


def test_asking_twice_says_where_the_request_is_and_mails_the_link_again(world: World) -> None:
    assert ask(visitor(world)).status_code == 303
    again = ask(visitor(world))
    assert again.status_code == 409
    assert "Vous venez d’envoyer cette demande ? Regardez vos mails." in read(again)
    assert [mail.kind for mail in mails_to(world, EMAIL)] == ["identity/activation"] * 2


@pytest.mark.parametrize("siret", ["35600000009075", "356 000 000 00048"])
def test_la_poste_has_its_own_rule(world: World, siret: str) -> None:
    assert ask(visitor(world), siret=siret).status_code == 303


@pytest.mark.parametrize("siret", ["12345678901234", "123", "ABCDEFGHIJKLMN", ""])
def test_a_wrong_siret_is_refused_and_the_entries_stay(world: World, siret: str) -> None:
    answer = ask(visitor(world), siret=siret)
    assert answer.status_code == 400
    assert 'value="Librairie La Belle Page"' in answer.content.decode()


@pytest.mark.parametrize("email", [EMAIL, "autre@librairie.example", "accueil"])
def test_a_structure_enters_once_and_nobody_learns_by_whom(world: World, email: str) -> None:
    ask(visitor(world))
    typed = world.partner_email if email == "accueil" else email
    answer = ask(visitor(world), email=typed)
    words = read(answer)
    assert answer.status_code == 409 and "PAR-05" in words
    for way in ("/sign-in/partner/", "/password/forgotten/", "mailto:ccas@"):
        assert way in answer.content.decode()
    plain = read(ask(visitor(world), email="personne@nulle-part.example"))
    assert words == plain


def test_registering_does_not_tell_who_has_an_account(world: World) -> None:
    answers = {}
    emails = ("nobody-yet@librairie.example", world.partner_email, world.beneficiary_email)
    for position, email in enumerate(emails):
        siret = luhn_siret(f"912345675000{position}")
        first = ask(visitor(world), email=email, siret=siret)
        second = ask(visitor(world), email="autre@librairie.example", siret=siret)
        answers[email] = (first.status_code, first["Location"], second.status_code, read(second))
    assert len(set(answers.values())) == 1, answers
    assert next(iter(answers.values()))[:3] == (303, "/register/done/", 409)


def test_the_owner_of_an_address_is_told_and_gets_no_second_account(world: World) -> None:
    evil = "Gagnez 1000 euros sur http://evil.example"
    ask(visitor(world), email=world.partner_email, legal_name=evil, first_name=evil)
    [mail] = mails_to(world, world.partner_email)
    assert mail.kind == "identity/known_address"
    with world.inside(), Mailer() as mailer:
        deliver(actor=world.platform, host=world.host, mailer=mailer, now=clock.now())
    [sent] = sent_mails.outbox
    assert sent.subject.startswith("Vous avez déjà un compte")
    for path in ("/sign-in/partner/", "/password/forgotten/"):
        assert f"{world.host}:8000{path}" in sent.body
    assert "evil" not in sent.body
    client = visitor(world)
    assert sign_in(client, world.partner_email).status_code == 303
    assert client.get("/partner/").status_code == 200, "no second structure stands in the way"


def test_what_strangers_type_is_not_mailed_to_others(world: World) -> None:
    ask(visitor(world), first_name="Gagnez 1000 euros sur http://evil.example")
    [mail] = mails_to(world, EMAIL)
    assert "evil" not in str(mail.context)


def test_registering_floods_no_mailbox(world: World) -> None:
    for position in range(8):
        siret = luhn_siret(f"912345675000{position}")
        assert ask(visitor(world), siret=siret).status_code == 303
        assert ask(visitor(world), siret=siret).status_code == 409
    assert len(mails_to(world, EMAIL)) == LINKS_AN_HOUR


def test_each_missing_field_is_named(world: World) -> None:
    answer = ask(visitor(world), legal_name="", town="", postcode="9921")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert all(f'href="#id_{name}"' in page for name in ("legal_name", "town", "postcode"))
