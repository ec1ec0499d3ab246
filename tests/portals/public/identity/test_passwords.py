"""Choosing, recovering and changing a password, and the links that lead there."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from tessere.domains.identity import services as identity
from tessere.domains.identity import steps as identity_steps
from tessere.domains.identity.types import PasswordTooWeak
from tessere.domains.partners import steps as partners
from tessere.domains.partners.types import PartnerRole
from tests.factories.world import NOON, PASSWORD, World
from tests.portals.people import mails_to, read, sign_in, signed_in, visitor

pytestmark = pytest.mark.django_db

GOOD = "Girafe-Quai7-Pluie"
NEWCOMER = "nouvelle@troisponts.example"
RULES = {
    "Abcdefgh12!": "12 caractères au minimum",
    "abcdefgh123!": "au moins 1 majuscule",
    "ABCDEFGH123!": "au moins 1 minuscule",
    "Abcdefghijk!": "au moins 1 chiffre",
    "Abcdefgh1234": "au moins 1 caractère spécial",
    "Abcdefg 1234": "au moins 1 caractère spécial",
    "A1!" + "b" * 126: "12 caractères au minimum, 128 au maximum",
}


def invite(world: World) -> str:
    """A new member of the first partner; the path of the activation link."""
    with world.inside(), transaction.atomic():
        user = identity_steps.invite_user(
            actor=world.platform, email=NEWCOMER, first_name="Nora", last_name="Vidal", now=NOON
        )
        partners.add_member(partner_id=world.partner_id, user_id=user.id, role=PartnerRole.CASHIER)
    [mail] = mails_to(world, NEWCOMER)
    return mail.context["path"]


def ask_for_link(world: World, email: str) -> str:
    """The path of a fresh reset link."""
    visitor(world).post("/password/forgotten/", {"email": email})
    return mails_to(world, email)[-1].context["path"]


def choose(client: Client, path: str, password: str, again: str | None = None) -> Any:
    return client.post(path, {"password": password, "again": again or password})


@pytest.mark.conformance("S1-07")
def test_a_new_partner_activates_its_account(world: World, clock: time_machine.Traveller) -> None:
    path = invite(world)
    client = visitor(world)
    assert sign_in(client, NEWCOMER, GOOD).status_code == 400
    assert "Activer mon compte" in read(client.get(path))
    assert choose(client, path, GOOD)["Location"] == "/sign-in/partner/"
    assert sign_in(client, NEWCOMER, GOOD)["Location"] == "/partner/"
    for answer in (visitor(world).get(path), choose(visitor(world), path, GOOD)):
        assert answer.status_code == 410
        assert "Ce lien a déjà servi ou n’est plus valable." in read(answer)
        assert 'action="/password/forgotten/"' in answer.content.decode()


@pytest.mark.conformance("S1-07")
def test_an_expired_link_can_be_had_again(world: World, clock: time_machine.Traveller) -> None:
    path = invite(world)
    clock.shift(timedelta(days=4))
    assert visitor(world).get(path).status_code == 410
    fresh = ask_for_link(world, NEWCOMER)
    assert "/activation/" in fresh
    assert choose(visitor(world), fresh, GOOD).status_code == 303


@pytest.mark.conformance("S1-06")
def test_a_forgotten_password_is_recovered_by_mail(
    world: World, clock: time_machine.Traveller
) -> None:
    elsewhere = signed_in(world, world.partner_email)
    path = ask_for_link(world, world.partner_email)
    assert elsewhere.get("/partner/").status_code == 200
    assert choose(visitor(world), path, GOOD).status_code == 303
    assert elsewhere.get("/partner/").status_code == 302
    assert visitor(world).get(path).status_code == 410
    assert sign_in(visitor(world), world.partner_email, GOOD).status_code == 303
    late = ask_for_link(world, world.partner_email)
    clock.shift(timedelta(days=3, seconds=1))
    assert visitor(world).get(late).status_code == 410


@pytest.mark.conformance("S1-06")
def test_asking_for_a_link_tells_nothing(world: World) -> None:
    answers = [
        read(visitor(world).post("/password/forgotten/", {"email": email}, follow=True))
        for email in (world.partner_email, "personne@example.org")
    ]
    assert answers[0] == answers[1]
    assert "5 minutes" in answers[0] and "SPAM" in answers[0]


@pytest.mark.conformance("S1-09", "S1-10", "S1-11", "S1-12", "S1-13", "S1-14")
@pytest.mark.parametrize(("password", "rule"), RULES.items())
def test_each_broken_rule_is_named(world: World, password: str, rule: str) -> None:
    path = ask_for_link(world, world.partner_email)
    answer = choose(visitor(world), path, password)
    assert answer.status_code == 400
    assert f"Il faut {rule}" in read(answer)


@pytest.mark.conformance("S1-09", "S1-13")
@pytest.mark.parametrize(
    "password", ["Abcdefgh123!", "Abc defg 12!x", "A1!" + "b" * 125, "Éléphant-àé12"]
)
def test_a_good_password_is_taken(world: World, password: str) -> None:
    path = ask_for_link(world, world.partner_email)
    assert choose(visitor(world), path, password).status_code == 303
    assert sign_in(visitor(world), world.partner_email, password).status_code == 303


@pytest.mark.conformance("S1-14")
def test_the_rules_are_shown_before_anything_is_typed(world: World) -> None:
    client = visitor(world)
    answer = client.get(ask_for_link(world, world.partner_email))
    page, words = answer.content.decode(), read(answer)
    assert "Pour des raisons de sécurité, votre mot de passe a" in words
    for rule in set(RULES.values()):
        assert rule in words
    assert 'aria-describedby="regles"' in page and 'id="regles"' in page


def test_two_different_passwords_are_refused(world: World) -> None:
    path = ask_for_link(world, world.partner_email)
    answer = choose(visitor(world), path, GOOD, "Girafe-Quai8-Pluie")
    assert answer.status_code == 400 and "ne sont pas les mêmes" in read(answer)


@pytest.mark.conformance("S1-15")
@pytest.mark.parametrize("password", RULES)
def test_the_server_holds_the_rule_on_all_four_routes(world: World, password: str) -> None:
    assert choose(visitor(world), invite(world), password).status_code == 400
    reset = ask_for_link(world, world.partner_email)
    assert choose(visitor(world), reset, password).status_code == 400
    typed = {"current": PASSWORD, "password": password, "again": password}
    changed = signed_in(world, world.partner_email).post("/password/change/", typed)
    assert changed.status_code == 400
    with world.inside(), pytest.raises(PasswordTooWeak):
        identity.issue_provisional_password(
            actor=world.platform, email=world.partner_email, password=password, now=NOON
        )


def test_changing_keeps_this_session_and_ends_the_others(world: World) -> None:
    here, elsewhere = (signed_in(world, world.partner_email) for _ in range(2))
    typed = {"current": PASSWORD, "password": GOOD, "again": GOOD}
    assert here.post("/password/change/", typed)["Location"] == "/partner/"
    assert here.get("/partner/").status_code == 200
    assert elsewhere.get("/partner/").status_code == 302


def test_changing_needs_the_present_password(world: World) -> None:
    typed = {"current": "Wrong-2026-word", "password": GOOD, "again": GOOD}
    answer = signed_in(world, world.partner_email).post("/password/change/", typed)
    assert answer.status_code == 400 and "CNX-05" in read(answer)


@pytest.mark.conformance("S1-21")
def test_guessing_the_present_password_is_slowed_down(world: World) -> None:
    client = signed_in(world, world.partner_email)
    typed = {"current": "Wrong-2026-word", "password": GOOD, "again": GOOD}
    answers = [client.post("/password/change/", typed) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [400] * 5 + [429] * 2
    assert "CNX-02" in read(answers[-1]) and "Attendez 1 min" in read(answers[-1])


def test_a_provisional_password_leads_to_its_change_until_done(
    world: World, clock: time_machine.Traveller
) -> None:
    given = "Provisoire-7-mots"
    with world.inside():
        identity.issue_provisional_password(
            actor=world.platform, email=world.partner_email, password=given, now=NOON
        )
    client = visitor(world)
    assert sign_in(client, world.partner_email, given).status_code == 303
    for path in ("/partner/", "/partner/operations/", "/", "/register/"):
        assert client.get(path)["Location"] == "/password/change/"
    assert "provisoire" in read(client.get("/password/change/"))
    assert sign_in(visitor(world), world.partner_email, given).status_code == 400
    typed = {"current": given, "password": GOOD, "again": GOOD}
    assert client.post("/password/change/", typed).status_code == 303
    assert client.get("/partner/").status_code == 200


def test_a_link_that_was_tampered_with_is_refused(world: World) -> None:
    path = ask_for_link(world, world.partner_email)
    for wrong in (
        path[:-3] + "x/",
        path.replace("/reset/", "/activation/"),
        path.replace("/reset/", "/something/"),
    ):
        assert visitor(world).get(wrong).status_code == 410
