"""ACCUEIL: the menu, both panels, and what is waiting to be reimbursed."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from tessere.domains.partners import steps as partners
from tessere.domains.partners.types import AgreementStatus
from tessere.domains.redemptions import services as redemptions
from tests.factories.world import NOON, World
from tests.portals.partner.stories import pay
from tests.portals.people import read, signed_in

pytestmark = pytest.mark.django_db
SIX = ("Accueil", "Opérations", "Remboursements", "Conventions", "Ma structure", "Mes exports")
PATHS = ("", "operations/", "reimbursements/", "agreements/", "structure/", "exports/")


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world, world.partner_email)


def entries(page: str) -> list[tuple[str, str]]:
    """The links of the menu's list: label and whether it is the current one."""
    menu = page.partition('<ul class="tabs__list">')[2].partition("</ul>")[0]
    found = re.findall(r"<a [^>]*?(aria-current=\"page\")?>.*?</svg>([^<]+)</a>", menu)
    return [(label, current) for current, label in found]


@pytest.mark.conformance("S1-78")
def test_the_menu_has_the_guides_six_entries(world: World, client: Client) -> None:
    for label, path in zip(SIX, PATHS, strict=True):
        shown = entries(client.get(f"/partner/{path}").content.decode())
        assert tuple(name for name, _ in shown) == SIX
        assert [name for name, current in shown if current] == [label]
    cashier = signed_in(world, world.cashier_email)
    assert [name for name, _ in entries(cashier.get("/partner/").content.decode())] == [
        "Accueil",
        "Opérations",
    ]


@pytest.mark.parametrize("path", PATHS[2:])
def test_a_cashier_stays_at_the_counter(world: World, path: str) -> None:
    assert signed_in(world, world.cashier_email).get(f"/partner/{path}").status_code == 403


@pytest.mark.conformance("S1-85")
def test_both_panels_speak_the_guides_words(client: Client) -> None:
    words = read(client.get("/partner/"))
    for said in (
        "Accepter un e.coupon",
        "Avec un code",
        "Rentrez ici le numéro du bon d’échange du bénéficiaire",
        "Numéro du bon *",
        "Avec mon QR code",
        "Le bénéficiaire peut scanner ce QR code pour me créditer automatiquement",
        "Code partenaire 093 351 957",
    ):
        assert said in words


def test_the_figures_add_up(world: World, client: Client, clock: time_machine.Traveller) -> None:
    pay(world, 1_600, at=NOON - timedelta(days=2))
    pay(world, 900)
    cancelled = pay(world, 700)
    with world.inside():
        redemptions.cancel(actor=world.partner, key=uuid4(), number=cancelled, now=NOON)
    for path in ("/partner/", "/partner/waiting/"):
        words = read(client.get(path))
        assert "Montant accepté 9,00 € Opérations 1 À rembourser 25,00 €" in words
        assert "2 opérations en attente" in words
        assert "remboursement automatique du 30 juin 2026" in words
        assert "versé au plus tard le 7 juillet 2026" in words


@pytest.mark.parametrize(
    ("moment", "run"),
    [
        (datetime(2026, 2, 10, 11, tzinfo=UTC), "28 février 2026"),
        (datetime(2026, 6, 29, 21, tzinfo=UTC), "30 juin 2026"),
        (datetime(2026, 6, 29, 23, tzinfo=UTC), "30 juillet 2026"),
        (datetime(2026, 12, 31, 11, tzinfo=UTC), "30 janvier 2027"),
    ],
)
def test_the_next_run_is_the_one_that_takes_todays_operations(
    world: World, clock: time_machine.Traveller, moment: datetime, run: str
) -> None:
    clock.move_to(moment)
    client = signed_in(world, world.partner_email)
    assert f"remboursement automatique du {run}" in read(client.get("/partner/"))


@pytest.mark.parametrize("path", ["/partner/", "/partner/waiting/", "/partner/reimbursements/"])
def test_each_run_takes_what_was_accepted_before_its_day_began(
    world: World, clock: time_machine.Traveller, path: str
) -> None:
    midnight = datetime(2026, 6, 29, 22, tzinfo=UTC)
    pay(world, 1_600, at=midnight - timedelta(seconds=1))
    pay(world, 900, at=midnight)
    clock.move_to(midnight + timedelta(hours=12))
    words = read(signed_in(world, world.partner_email).get(path))
    first, second = words.index("30 juin 2026", words.index("16,00 €")), words.index("30 juillet")
    assert first < second
    assert "16,00 €" in words[:first] and "7 juillet 2026" in words[first:]
    assert "9,00 €" in words[first:second] and "6 août 2026" in words[second:]
    assert "25,00 €" in words


def test_what_a_run_missed_goes_with_the_next(world: World, clock: time_machine.Traveller) -> None:
    pay(world, 1_600, at=NOON)
    clock.move_to(datetime(2026, 7, 10, 10, tzinfo=UTC))
    words = read(signed_in(world, world.partner_email).get("/partner/"))
    assert "Prochain remboursement 16,00 € 1 opération en attente" in words
    assert "30 juillet 2026" in words and "30 juin" not in words


def test_a_structure_without_agreement_waits_for_no_run(world: World, client: Client) -> None:
    with world.inside(), transaction.atomic():
        partners.set_agreement_status(
            agreement_id=world.agreement_id,
            status=AgreementStatus.SUSPENDED,
            on=date(2026, 6, 16),
        )
    words = read(client.get("/partner/"))
    assert "Prochain remboursement 0,00 €" in words and "remboursement automatique" not in words


def test_home_costs_few_statements(
    world: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    pay(world)
    with django_assert_max_num_queries(20):
        client.get("/partner/")
