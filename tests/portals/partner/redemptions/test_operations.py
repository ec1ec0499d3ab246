"""OPÉRATIONS: the guide's columns, paging, details, and cancellation by reversal."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from tessere.domains.audit.models import AuditEvent
from tessere.domains.ledger.models import Transfer
from tessere.domains.redemptions.models import Redemption
from tessere.domains.redemptions.types import Channel
from tessere.foundation.codes import ean13_check_digit, read_number
from tests.factories.world import NOON, World
from tests.portals.partner.stories import accept, make_voucher, pay
from tests.portals.people import mails_to, read, signed_in

pytestmark = pytest.mark.django_db
LIST = "/partner/operations/"
COLUMNS = [
    "Sélectionner toutes les opérations de la page",
    "N° Opération",
    "Code-barres",
    "E.pass demandé",
    "E.coupon",
    "Type",
    "Bénéficiaire",
    "Date de l’opération",
    "Montant",
    "Réf. Interne",
    "Statut Dem. Remb.",
]


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world, world.partner_email)


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).replace("\u00a0", " ").split())


def rows(answer: Any) -> list[list[str]]:
    body = answer.content.decode().partition("<tbody")[2]
    return [
        [plain(cell) for cell in re.findall(r"<td [^>]*>(.*?)</td>", row, re.S)]
        for row in re.findall(r"<tr .*?</tr>", body, re.S)
    ]


def numbers(answer: Any) -> list[str]:
    return [row[1] for row in rows(answer)]


@pytest.mark.conformance("S1-99")
def test_the_columns_are_the_guides(world: World, client: Client) -> None:
    pay(world)
    head = client.get(LIST).content.decode().partition("<thead")[2].partition("</thead>")[0]
    cells = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', head, re.S)
    assert [plain(cell) for cell in cells][:11] == COLUMNS


@pytest.mark.conformance("S1-60", "S1-102")
def test_each_way_of_paying_has_its_type(world: World, client: Client) -> None:
    pay(world, channel=Channel.PARTNER_CODE)
    pay(world, channel=Channel.PARTNER_QR)
    accept(client, make_voucher(world))
    assert sorted(row[5] for row in rows(client.get(LIST))) == [
        "Bon d’échange",
        "Code partenaire",
        "QR code partenaire",
    ]


@pytest.mark.conformance("S1-104")
def test_a_row_says_it_all(world: World, client: Client) -> None:
    number = pay(world, 100)
    page = client.get(LIST)
    [row] = rows(page)
    assert row[1] == number == read_number(number)
    assert len(row[2]) == 13 and row[2][-1] == ean13_check_digit(row[2][:12])
    assert row[4:][:5] == ["Théâtre", "Code partenaire", "Lina BESNARD", "16/06/2026", "1,00 €"]
    assert "1,00\u00a0€" in page.content.decode()
    assert 'class="c-sum right"' in page.content.decode()


@pytest.mark.conformance("S1-103")
def test_newest_first_and_stable_within_an_instant(world: World, client: Client) -> None:
    older = pay(world, 100, at=NOON - timedelta(days=1))
    twins = [pay(world, 200) for _ in range(3)]
    expected = [*reversed(twins), older]
    for _ in range(3):
        assert numbers(client.get(LIST)) == expected
    assert rows(client.get(LIST))[-1][7] == "15/06/2026"


def test_paging_keeps_the_exact_total(world: World, client: Client) -> None:
    made = [pay(world, 100) for _ in range(12)]
    first, second = client.get(LIST), client.get(f"{LIST}?page=2")
    assert "sur 12" in read(first)
    assert numbers(first) + numbers(second) == made[::-1]
    assert len(numbers(client.get(f"{LIST}?par=25"))) == 12
    for odd in ("?page=99", "?page=0", "?page=x", "?par=7", "?page=9999999999999"):
        assert client.get(LIST + odd).status_code == 200


def test_an_empty_list_says_what_to_do(world: World, client: Client) -> None:
    words = read(client.get(LIST))
    assert "Aucune opération pour le moment" in words and "Accepter un e.coupon" in words


def test_only_ones_own_operations_are_shown(world: World, client: Client) -> None:
    world.grant(4_000, purse_id=world.tennis_purse_id)
    number = pay(world, partner_id=world.other_partner_id)
    assert number not in client.get(LIST).content.decode()
    for path in (f"{LIST}{number}/", f"{LIST}{number}/cancel/", f"/partner/accepted/{number}/"):
        assert client.get(path).status_code == 404
    forged = client.post(f"{LIST}{number}/cancel/", {"key": str(uuid4())})
    assert forged.status_code == 404
    assert world.purse(world.tennis_purse_id).spent_cents == 900


def test_the_selection_adds_up_without_script(world: World, client: Client) -> None:
    picked = [pay(world, 950), pay(world, 1_050)]
    pay(world, 100)
    answer = client.get(LIST, {"op": picked})
    assert "2 opérations sélectionnées pour 20,00 €" in read(answer)
    assert read(answer).count("Sélectionner l’opération") == 3
    one = client.get(LIST, {"op": picked[0]})
    assert "1 opération sélectionnée pour 9,50 €" in read(one)


@pytest.mark.conformance("S1-56")
def test_an_operation_keeps_its_author(world: World) -> None:
    cashier = signed_in(world, world.cashier_email)
    number = accept(cashier, make_voucher(world))["Location"].split("/")[-2]
    words = read(cashier.get(f"{LIST}{number}/"))
    assert f"Inès Tabari, utilisateur n° {world.cashier_user_id}" in words
    assert "16 juin 2026 à 12:00:00" in words and "Bon d’échange" in words
    with world.inside():
        noted = AuditEvent.objects.get(event="redemptions.accepted")
    assert noted.user_id == world.cashier_user_id and noted.at == NOON
    assert noted.after["channel"] == "exchange_voucher"


@pytest.mark.conformance("S1-113", "S1-127")
def test_the_bin_asks_then_cancels(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    number = pay(world, 900)
    listed = client.get(LIST).content.decode()
    assert f'href="{LIST}{number}/cancel/"' in listed
    assert f"Annuler l’opération {number[:3]} {number[3:6]} {number[6:]}" in read(client.get(LIST))
    asked = read(client.get(f"{LIST}{number}/cancel/"))
    assert "La somme de 9,00 € reviendra à Lina BESNARD" in asked and "Garder l’opération" in asked
    assert world.purse().spent_cents == 900
    answer = client.post(f"{LIST}{number}/cancel/", {"key": str(uuid4())}, follow=True)
    assert "est annulée" in read(answer)
    [row] = rows(answer)
    assert row[10] == "Annulée" and row[0] == "" and row[11] == ""
    assert world.purse().spent_cents == 0


@pytest.mark.conformance("S1-118")
def test_a_cancellation_is_a_reversal_and_both_sides_know(world: World, client: Client) -> None:
    number = pay(world, 900)
    client.post(f"{LIST}{number}/cancel/", {"key": str(uuid4())})
    with world.inside():
        redemption = Redemption.objects.get(number=number)
        moves = Transfer.objects.filter(posting__subject=f"redemption:{redemption.pk}")
        there, back = moves.order_by("pk")
    assert (back.source_id, back.target_id) == (there.target_id, there.source_id)
    assert back.amount_cents == there.amount_cents == 900
    assert world.purse().available_cents == 10_000
    for address in ("contact-093351957@partenaire.example", world.beneficiary_email):
        kinds = [mail.kind.split("/")[1] for mail in mails_to(world, address)]
        assert [kind.split("_")[0] for kind in kinds] == ["accepted", "cancelled"]
    words = read(client.get(f"{LIST}{number}/"))
    assert "Annulée le 16 juin 2026 à 12:00" in words


def test_cancelling_twice_is_told_plainly(world: World, client: Client) -> None:
    number, key = pay(world), str(uuid4())
    path = f"{LIST}{number}/cancel/"
    for _ in range(2):
        assert client.post(path, {"key": key}).status_code == 303
    again = client.post(path, {"key": str(uuid4())})
    assert again.status_code == 409 and "OPE-02" in read(again)
    assert client.get(path).status_code == 409
    assert world.purse().spent_cents == 0


def test_a_list_costs_the_same_for_one_row_and_for_twenty_five(
    world: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(25):
        pay(world, 100)
    with django_assert_max_num_queries(16):
        client.get(f"{LIST}?par=25")
