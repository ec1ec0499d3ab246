"""Signing in at the partners' door: who may, who must wait, and what nobody learns."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction

from tessere.domains.identity.models import Session
from tessere.domains.partners import steps as partners
from tessere.domains.programmes import steps as programmes
from tessere.domains.redemptions import services as redemptions
from tessere.domains.redemptions.types import Accepted, Channel, Payment
from tests.factories.world import NOON, PASSWORD, World, make_world
from tests.portals.people import mails_to, read, sign_in, signed_in, visitor

pytestmark = pytest.mark.django_db
DOOR = "/sign-in/partner/"


@pytest.mark.conformance("S1-16")
def test_the_door_says_what_the_guide_says(world: World) -> None:
    answer = visitor(world).get(DOOR)
    page, words = answer.content.decode(), read(answer)
    assert "Connexion Partenaire" in words
    assert 'class="brand__logo' in page
    assert '<label class="label" for="id_email">Adresse email</label>' in page
    assert '<label class="label" for="id_password">Mot de passe</label>' in page
    assert 'autocomplete="username"' in page and 'autocomplete="current-password"' in page


def test_the_door_leads_on_to_help_and_to_registration(world: World) -> None:
    page = visitor(world).get(DOOR).content.decode()
    assert 'href="/password/forgotten/"' in page and 'href="/register/"' in page
    assert "Nouvel utilisateur\u202f?" in page and "Créer un compte" in page


VARIANTS = [str.upper, str.title, "{}  ".format, "  {}".format]


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_address_is_read_kindly(world: World, variant: Callable[[str], str]) -> None:
    answer = sign_in(visitor(world), variant(world.partner_email))
    assert answer.status_code == 303 and answer["Location"] == "/partner/"


@pytest.mark.conformance("S1-02")
def test_a_tenant_knows_only_its_own(world: World) -> None:
    other = make_world()
    for path in ("/partner", "/partner/"):
        answer = visitor(world).get(path, follow=True)
        assert answer.redirect_chain[-1][0] == "/sign-in/partner/?suite=%2Fpartner%2F"
    assert sign_in(visitor(other), world.partner_email).status_code == 400
    client = signed_in(world, world.partner_email)
    assert client.get("/partner/").status_code == 200
    elsewhere = client.get("/partner/", HTTP_HOST=other.host)
    assert elsewhere.status_code == 302 and elsewhere["Location"].startswith(DOOR)


def test_a_person_gets_where_they_were_going(world: World) -> None:
    answer = sign_in(visitor(world), world.partner_email, suite="/partner/operations/")
    assert answer["Location"] == "/partner/operations/"


@pytest.mark.parametrize(
    "suite", ["https://elsewhere.example/partner/", "//elsewhere.example/", "/sign-out/", "\\x"]
)
def test_nobody_is_led_astray(world: World, suite: str) -> None:
    answer = sign_in(visitor(world), world.partner_email, suite=suite)
    assert answer["Location"] == "/partner/"


def test_each_person_is_led_to_their_own_portal(world: World) -> None:
    assert sign_in(visitor(world), world.beneficiary_email)["Location"] == "/beneficiary/"
    answer = sign_in(visitor(world), world.partner_email, door="beneficiary")
    assert answer["Location"] == "/partner/"


def test_a_double_click_opens_one_session(world: World) -> None:
    key, client = str(uuid4()), visitor(world)
    for _ in range(2):
        assert sign_in(client, world.partner_email, key=key).status_code == 303
    with world.inside():
        assert Session.objects.count() == 1
    assert client.get("/partner/").status_code == 200


def test_signing_out_is_a_post_and_ends_the_session(world: World) -> None:
    client = signed_in(world, world.partner_email)
    assert client.get("/sign-out/").status_code == 405
    assert "Vous êtes déconnecté" in read(client.post("/sign-out/", follow=True))
    assert client.get("/partner/").status_code == 302


@pytest.mark.conformance("S1-21")
def test_bad_tries_are_slowed_down_and_tell_nothing(
    world: World, clock: time_machine.Traveller
) -> None:
    client = visitor(world)
    said: dict[str, list[tuple[int, str]]] = {world.partner_email: [], "nobody@example.org": []}
    for _ in range(20):
        for email, answers in said.items():
            answer = sign_in(client, email, "Wrong-2026-word")
            answers.append((answer.status_code, read(answer).replace(email, "")))
    known, unknown = said.values()
    assert known == unknown
    assert known[0][0] == 400 and "Adresse ou mot de passe incorrect." in known[0][1]
    assert known[-1][0] == 429 and "Trop d’essais" in known[-1][1]
    assert sign_in(client, world.partner_email).status_code == 429

    client.post("/password/forgotten/", {"email": world.partner_email})
    [mail] = mails_to(world, world.partner_email)
    fresh = {"password": "Another-2026-word", "again": "Another-2026-word"}
    assert client.post(mail.context["path"], fresh).status_code == 303
    assert sign_in(client, world.partner_email, "Another-2026-word").status_code == 303


def test_a_pause_ends_by_itself(world: World, clock: time_machine.Traveller) -> None:
    client = visitor(world)
    for _ in range(20):
        sign_in(client, world.partner_email, "Wrong-2026-word")
    assert sign_in(client, world.partner_email).status_code == 429
    clock.shift(timedelta(minutes=16))
    assert sign_in(client, world.partner_email).status_code == 303


@pytest.mark.conformance("S1-04", "S1-05")
@pytest.mark.parametrize("variant", [str, *VARIANTS])
def test_an_account_survives_the_change_of_vintage(
    world: World, clock: time_machine.Traveller, variant: Callable[[str], str]
) -> None:
    with world.inside():
        [paid] = redemptions.accept(
            actor=world.beneficiary,
            requests=[
                Payment(
                    key=uuid4(),
                    channel=Channel.PARTNER_QR,
                    purse_id=world.theatre_purse_id,
                    partner_id=world.partner_id,
                    amount_cents=900,
                )
            ],
            now=NOON,
        )
        _open_next_year(world)
    clock.move_to(datetime(2027, 1, 12, 9, 0, tzinfo=UTC))
    client = signed_in(world, variant(world.partner_email))
    assert isinstance(paid, Accepted) and paid.number in read(client.get("/partner/operations/"))
    agreements = read(client.get("/partner/agreements/"))
    assert "(2027)" in agreements and "(2026)" in agreements


def _open_next_year(world: World) -> None:
    with transaction.atomic():
        programme = programmes.create_programme(authority_id=world.authority_id, name="Suite")
        vintage_id = programmes.create_vintage(
            programme_id=programme,
            label="2027",
            starts_on=date(2027, 1, 1),
            ends_on=date(2027, 12, 31),
        )
        theme = programmes.create_theme(name="Théâtre 2027", icon="theatre", tile="coral")
        benefit = programmes.create_benefit(
            vintage_id=vintage_id, theme_id=theme, name="Théâtre", amount_cents=6_000
        )
        partners.accept_agreement(
            partner_id=world.partner_id,
            authority_id=world.authority_id,
            vintage_id=vintage_id,
            benefit_ids=[benefit],
            requested_on=date(2026, 12, 1),
            signed_on=date(2026, 12, 2),
            accepted_on=date(2026, 12, 3),
        )


def test_what_is_typed_never_comes_back_as_markup(world: World) -> None:
    answer = sign_in(visitor(world), '"><script>alert(1)</script>', PASSWORD)
    assert "<script>alert" not in answer.content.decode()
