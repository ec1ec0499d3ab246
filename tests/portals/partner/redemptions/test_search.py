"""Searching OPÉRATIONS: by the number of an operation, as people type it."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

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
    return client.get(f"{LIST}?number={quote(number)}{more}")


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
        assert f'value="{typed.strip()}"' in search(client, typed).content.decode()


def test_nothing_found_says_what_to_do(world: World, client: Client) -> None:
    number = pay(world)
    wrong = number[:-1] + ("A" if number[-1] != "A" else "B")
    for typed in (wrong, "%", "'", "\x00", "🎭", "x" * 3_000, "<script>alert(1)</script>"):
        answer = search(client, typed)
        words = read(answer)
        assert answer.status_code == 200 and found(answer) == []
        assert "Aucune opération n’a ce numéro" in words and "Relisez-le" in words
        assert "Voir toutes mes opérations" in words and "Réinitialiser" in words
        assert "<script>alert" not in answer.content.decode()


def test_an_empty_search_is_all_operations(world: World, client: Client) -> None:
    numbers = {pay(world, 100) for _ in range(2)}
    assert set(found(search(client, "  "))) == numbers


def test_anothers_operation_is_not_found(world: World, client: Client) -> None:
    world.grant(4_000, purse_id=world.tennis_purse_id)
    number = pay(world, partner_id=world.other_partner_id)
    assert found(search(client, number)) == []


def test_paging_and_adding_up_keep_the_search(world: World, client: Client) -> None:
    number = pay(world)
    page = search(client, number, "&par=25").content.decode()
    assert page.count(f'<input type="hidden" name="number" value="{number}">') == 2
    assert f'href="{LIST}">Réinitialiser' in page
    assert found(search(client, number, f"&page=1&par=25&op={number}")) == [number]


def test_searching_costs_no_more(
    world: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    number = pay(world)
    with django_assert_max_num_queries(14):
        search(client, number)


def test_a_partner_without_operations_has_nothing_to_search(world: World, client: Client) -> None:
    assert "Rechercher" not in read(client.get(LIST))
