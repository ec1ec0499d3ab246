"""Searching OPÉRATIONS as people do: all filters, what they type, the selection over pages."""

import html
import re
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tessere.foundation.codes import ALPHABET, read_number
from tests.factories.world import World
from tests.portals.partner.stories import make_voucher, pay
from tests.portals.people import read, signed_in

pytestmark = pytest.mark.django_db
LIST = "/partner/operations/"


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world, world.cashier_email)


def found(answer: Any) -> list[str]:
    return [row.number for row in answer.context_data["rows"]]


def search(client: Client, number: str, more: str = "") -> Any:
    return client.get(f"{LIST}?q={quote(number)}{more}")


@pytest.mark.conformance("S1-100")
def test_a_number_is_unique_of_the_bons_alphabet_and_found(world: World, client: Client) -> None:
    numbers = [pay(world, 100) for _ in range(12)]
    assert len(set(numbers)) == 12
    for number in (*numbers, make_voucher(world)):
        assert len(number) == 9 and set(number) <= set(ALPHABET) and read_number(number) == number
    for number in numbers:
        assert found(search(client, number)) == [number]


def test_typing_is_forgiven(world: World, client: Client) -> None:
    number = pay(world)
    pay(world)
    grouped = f" {number[:3]}\u00a0{number[3:6]}-{number[6:]} ".lower()
    swapped = number.replace("0", "o").replace("1", "l")
    for typed in (number.lower(), grouped, swapped):
        assert found(search(client, typed)) == [number]
        assert f'value="{typed}"' in search(client, typed).content.decode()


def test_nothing_found_says_what_to_do(world: World, client: Client) -> None:
    number = pay(world)
    wrong = number[:-1] + ("A" if number[-1] != "A" else "B")
    for typed in (wrong, "%", "'", "🎭", "x" * 3_000, "<script>alert(1)</script>"):
        answer = search(client, typed)
        words = read(answer)
        assert answer.status_code == 200 and found(answer) == []
        assert "Aucune opération ne répond à cette recherche" in words and "se relit" in words
        assert "Voir toutes mes opérations" in words and "Réinitialiser" in words
        assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("nothing", ["", "  ", "\x00"])
def test_an_empty_search_is_all_operations(world: World, client: Client, nothing: str) -> None:
    numbers = {pay(world, 100) for _ in range(2)}
    assert set(found(search(client, nothing))) == numbers


def test_anothers_operation_is_not_found(world: World, client: Client) -> None:
    world.grant(4_000, purse_id=world.tennis_purse_id)
    number = pay(world, partner_id=world.other_partner_id)
    assert found(search(client, number)) == []


def test_paging_and_adding_up_keep_the_search(world: World, client: Client) -> None:
    number = pay(world)
    page = search(client, number, "&par=25").content.decode()
    assert page.count(f'<input type="hidden" name="q" value="{number}">') >= 2
    assert f'href="{LIST}">Réinitialiser' in page
    assert found(search(client, number, f"&page=1&par=25&op={number}")) == [number]


@pytest.mark.parametrize(
    "query", ["q={number}", "q=lina", "q=lina&op={number}&page=2", "status=accepted"]
)
def test_a_page_costs_at_most_twelve_statements(world: World, client: Client, query: str) -> None:
    numbers = [pay(world, 100) for _ in range(11)]
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"{LIST}?{query.format(number=numbers[0])}").status_code == 200
    asked = [one for one in captured.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(asked) <= 12


def test_a_partner_without_operations_has_nothing_to_search(world: World, client: Client) -> None:
    assert "Rechercher" not in read(client.get(LIST))


@pytest.mark.conformance("S1-106")
def test_filters_alone_and_together(world: World, client: Client) -> None:
    kept, undone = pay(world, 100), pay(world, 200)
    admin = signed_in(world, world.partner_email)
    admin.post(f"/partner/operations/{undone}/cancel/", {"key": str(uuid4())})
    page = read(client.get(LIST))
    for label in ("Tous les filtres", "Statuts", "Début", "Fin", "Rechercher", "Réinitialiser"):
        assert label in page
    for query, numbers in {
        "status=cancelled": [undone],
        "status=accepted": [kept],
        "start=16/06/2026&end=16/06/2026": [undone, kept],
        "start=17/06/2026": [],
        "end=15/06/2026": [],
        f"q=lina&status=accepted&start=16/06/2026&end=16/06/2026&q={kept}": [kept],
        "q=lina&status=cancelled&end=16/06/26": [undone],
    }.items():
        answer = client.get(f"{LIST}?{query}")
        assert (answer.status_code, found(answer)) == (200, numbers), query


@pytest.mark.conformance("S1-106")
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("start=17/06/2026&end=16/06/2026", "La fin est avant le début."),
        ("start=31/02/2026", "Écrivez la date ainsi"),
        ("end=hier", "Écrivez la date ainsi"),
        ("status=payé", "Sélectionnez un choix valide"),
    ],
)
def test_a_search_that_makes_no_sense_is_explained_and_kept(
    world: World, client: Client, query: str, words: str
) -> None:
    pay(world)
    answer = client.get(f"{LIST}?q=lina&{query}")
    assert answer.status_code == 400 and words in read(answer)
    assert 'value="lina"' in answer.content.decode()
    assert "Réinitialiser" in read(answer)


@pytest.mark.conformance("S1-108")
def test_the_address_of_a_search_can_be_shared_and_emptied(world: World, client: Client) -> None:
    number = pay(world)
    address = f"{LIST}?q={number}&status=accepted&start=01/06/2026&end=30/06/2026"
    colleague = signed_in(world, world.partner_email)
    assert found(colleague.get(address)) == found(client.get(address)) == [number]
    page = client.get(address).content.decode()
    assert f'href="{LIST}">Réinitialiser' in page
    assert 'value="01/06/2026"' in page and '<option value="accepted" selected>' in page
    empty = client.get(LIST).content.decode()
    assert 'name="q" value' not in empty and '<option value="accepted" selected>' not in empty


@pytest.mark.conformance("S1-110")
def test_page_sizes_and_the_exact_total_under_filters(world: World, client: Client) -> None:
    numbers = [pay(world, 100) for _ in range(11)]
    for size, rows in ((10, 10), (25, 11), (50, 11)):
        answer = client.get(f"{LIST}?par={size}&status=accepted")
        assert len(found(answer)) == rows
        assert "sur 11" in read(answer)
    assert "sur 1 " in read(search(client, numbers[0]))
    none = client.get(f"{LIST}?q=personne")
    assert "Aucune opération ne répond à cette recherche" in read(none)


@pytest.mark.conformance("S1-124")
def test_a_selection_goes_over_pages_without_script(world: World, client: Client) -> None:
    numbers = [pay(world, 101) for _ in range(11)][::-1]
    first = client.get(f"{LIST}?par=10&op={numbers[0]}&op={numbers[1]}")
    assert "2 opérations sélectionnées pour 2,02 €" in read(first)
    second_path = next(
        html.unescape(path)
        for path in re.findall(r'href="(\?[^"]+)"', first.content.decode())
        if "page=2" in path
    )
    second = client.get(f"{LIST}{second_path}")
    assert found(second) == [numbers[10]]
    assert "2 opérations sélectionnées pour 2,02 €" in read(second)
    page = second.content.decode()
    assert page.count('data-elsewhere="101"') == 2
    more = client.get(f"{LIST}{second_path}&op={numbers[10]}")
    assert "3 opérations sélectionnées pour 3,03 €" in read(more)
    assert "1 opération sélectionnée pour 1,01 €" in read(client.get(f"{LIST}?op={numbers[0]}"))


def test_a_selection_holds_nothing_of_anothers_nor_what_is_undone(
    world: World, client: Client
) -> None:
    world.grant(4_000, purse_id=world.tennis_purse_id)
    theirs = pay(world, partner_id=world.other_partner_id)
    undone = pay(world)
    signed_in(world, world.partner_email).post(
        f"/partner/operations/{undone}/cancel/", {"key": str(uuid4())}
    )
    words = read(client.get(f"{LIST}?op={theirs}&op={undone}&op=x&op=%00"))
    assert "sélectionnée" not in words.replace("Élément(s) sélectionné(s)", "")
