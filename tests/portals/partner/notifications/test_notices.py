"""NOUVEAUTÉS and the bell: what others did at the counter, and what is still to be read."""

import html
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tessere.domains.redemptions import services as redemptions
from tessere.domains.redemptions.types import MOST_NOTICES, Channel
from tests.domains.redemptions.stories import payment
from tests.factories.world import NOON, World, make_world
from tests.portals.partner.stories import accept, make_voucher, pay
from tests.portals.people import read, signed_in

pytestmark = pytest.mark.django_db
NOTICES = "/partner/notices/"
PAGES = (
    "/partner/",
    "/partner/operations/",
    "/partner/reimbursements/",
    "/partner/agreements/",
    "/partner/structure/",
    "/partner/exports/",
    NOTICES,
)
MINUTE = timedelta(minutes=1)
_UNTIL = re.compile(r'form="tout-lu" name="until" value="([^"]+)"')


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world, world.partner_email)


@pytest.fixture
def cashier(world: World) -> Client:
    return signed_in(world, world.cashier_email)


def bell(client: Client, path: str = "/partner/") -> str:
    """What the bell of a page says to a screen reader."""
    page = client.get(path).content.decode()
    sign = page.partition('<a class="bell"')[2].partition("</a>")[0]
    assert "#i-bell" in sign, page
    hidden = re.search(r'<span class="vh" data-said>(.*?)</span>', sign)
    assert hidden
    return html.unescape(hidden[1])


def mark_all(client: Client, page: Any) -> Any:
    """The button of a page that was shown, pressed."""
    found = _UNTIL.search(page.content.decode())
    assert found
    return client.post(f"{NOTICES}seen/", {"until": found[1]})


@pytest.mark.conformance("S1-71")
def test_every_page_of_the_portal_bears_the_counter(world: World, client: Client) -> None:
    assert {bell(client, path) for path in PAGES} == {"Nouveautés, tout est lu"}
    number = pay(world, 900)
    assert {bell(client, path) for path in PAGES} == {"Nouveautés, 1 non lue"}
    pay(world, 300)
    inner = (f"operations/{number}/", f"operations/{number}/cancel/", f"accepted/{number}/")
    for path in (*PAGES, *(f"/partner/{each}" for each in inner)):
        assert bell(client, path) == "Nouveautés, 2 non lues"
    refused = accept(client, "2DZHB6P2X").content.decode()
    assert ", 2 non lues" in refused
    part = client.get(f"{NOTICES}unread/")
    assert (
        read(part) == "2 Nouveautés Nouveautés, 2 non lues" and "<html" not in part.content.decode()
    )


@pytest.mark.conformance("S1-71")
def test_a_notice_says_who_what_how_much_and_when(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    pay(world, 1_600, channel=Channel.PARTNER_QR, at=NOON - timedelta(days=1, minutes=5))
    number = pay(world, 900, at=NOON - 10 * MINUTE)
    for path in (NOTICES, f"{NOTICES}latest/"):
        words = read(client.get(path))
        assert "2 nouveautés non lues" in words
        today, yesterday = (
            words.index("Aujourd’hui, mardi 16 juin 2026"),
            words.index("Lundi 15 juin 2026"),
        )
        assert today < yesterday
        newest, oldest = words[today:yesterday], words[yesterday:]
        for said in ("Lina BESNARD", "Non lue", "Acceptée", "Théâtre, Code partenaire, à 11:50"):
            assert said in newest
        shown = " ".join((number[:3], number[3:6], number[6:]))
        assert f"Opération {shown}" in newest and "9,00 €" in newest
        assert "QR code partenaire, à 11:55" in oldest and "16,00 €" in oldest
    assert f'href="/partner/operations/{number}/"' in client.get(NOTICES).content.decode()


@pytest.mark.conformance("S1-71")
def test_both_profiles_are_told_of_what_the_other_did(
    world: World, client: Client, cashier: Client
) -> None:
    accept(cashier, make_voucher(world))
    assert bell(cashier) == "Nouveautés, tout est lu"
    assert "Aucune nouveauté pour le moment" in read(cashier.get(NOTICES))
    words = read(client.get(NOTICES))
    assert "1 nouveauté non lue" in words and "Théâtre, Bon d’échange, à 12:00" in words
    number = pay(world, 500)
    client.post(f"/partner/operations/{number}/cancel/", {"key": str(uuid4())})
    words = read(cashier.get(NOTICES))
    assert "2 nouveautés non lues" in words
    assert words.index("Annulée") < words.index("Acceptée")
    assert "Annulée" not in read(client.get(NOTICES))


@pytest.mark.conformance("S1-71")
def test_what_arrives_after_the_page_was_shown_stays_unread(
    world: World, client: Client, cashier: Client, clock: time_machine.Traveller
) -> None:
    pay(world, 900)
    pay(world, 300, at=NOON - MINUTE)
    shown = client.get(NOTICES)
    clock.move_to(NOON + 2 * MINUTE)
    pay(world, 500, at=NOON + MINUTE)
    answer = mark_all(client, shown)
    assert (answer.status_code, answer["Location"]) == (303, NOTICES)
    after = client.get(NOTICES)
    words = read(after)
    assert "1 nouveauté non lue" in words and words.count("Non lue") == 1
    assert "Vos nouveautés sont marquées comme lues." in words
    assert bell(cashier) == "Nouveautés, 3 non lues"
    mark_all(client, after)
    assert bell(client) == "Nouveautés, tout est lu"
    # A page of an hour ago, marked once more, takes nothing back.
    mark_all(client, shown)
    words = read(client.get(NOTICES))
    assert "Tout est lu" in words and "Tout marquer" not in words and "5,00 €" in words


def test_looking_marks_nothing(world: World, client: Client) -> None:
    pay(world, 900)
    for path in (NOTICES, f"{NOTICES}latest/", f"{NOTICES}unread/", f"{NOTICES}seen/"):
        client.get(path)
    assert bell(client) == "Nouveautés, 1 non lue"


@pytest.mark.parametrize("until", ["", "hier", "2026-13-01T00:00:00+00:00"])
def test_an_instant_that_is_none_marks_nothing(world: World, client: Client, until: str) -> None:
    pay(world, 900)
    assert client.post(f"{NOTICES}seen/", {"until": until}).status_code == 400
    assert bell(client) == "Nouveautés, 1 non lue"


def test_an_instant_to_come_hides_nothing_that_comes(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    client.post(f"{NOTICES}seen/", {"until": "2099-01-01T00:00:00+00:00"})
    clock.move_to(NOON + MINUTE)
    pay(world, 900, at=NOON + MINUTE)
    assert bell(client) == "Nouveautés, 1 non lue"


def test_a_long_list_ends_and_says_where_the_rest_is(world: World, client: Client) -> None:
    requests = [payment(world, 1) for _ in range(MOST_NOTICES)]
    with world.inside():
        redemptions.accept(actor=world.beneficiary, requests=requests[1:], now=NOON)
    assert bell(client) == "Nouveautés, 99 non lues"
    assert "C’est tout." in read(client.get(NOTICES))
    with world.inside():
        redemptions.accept(actor=world.beneficiary, requests=requests[:1], now=NOON)
    assert bell(client) == "Nouveautés, plus de 99 non lues"
    words = read(client.get(NOTICES))
    assert "99+" in words and "Plus de 99 nouveautés non lues" in words
    assert "Voici les 100 dernières nouveautés" in words
    assert words.count("Lina BESNARD") == MOST_NOTICES


@pytest.mark.conformance("S1-71")
def test_another_structure_and_another_tenant_are_told_nothing(
    world: World, client: Client
) -> None:
    pay(world, 900)
    stranger = make_world()
    others = signed_in(stranger, stranger.partner_email)
    world.grant(1_000, purse_id=world.tennis_purse_id)
    theirs = pay(world, 700, partner_id=world.other_partner_id)
    # Negative control: the own counter and list have moved.
    assert bell(client) == "Nouveautés, 1 non lue"
    assert theirs not in client.get(NOTICES).content.decode()
    assert bell(others) == "Nouveautés, tout est lu"
    assert "Aucune nouveauté" in read(others.get(NOTICES))


def statements(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [one["sql"] for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]


def test_the_bell_costs_two_statements(world: World, client: Client) -> None:
    pay(world, 900)
    mark, happened = statements(client, f"{NOTICES}unread/")[-2:]
    assert "notifications_seenmark" in mark and "redemptions_cancellation" in happened
    pages = statements(client, "/partner/agreements/")
    assert pages.count(mark) == pages.count(happened) == 1


def test_a_list_costs_the_same_for_one_notice_and_for_a_hundred(
    world: World, client: Client
) -> None:
    pay(world, 1)
    for_one = len(statements(client, NOTICES))
    requests = [payment(world, 1) for _ in range(MOST_NOTICES)]
    with world.inside():
        redemptions.accept(actor=world.beneficiary, requests=requests, now=NOON)
    assert len(statements(client, NOTICES)) == for_one <= 12
