"""Where value can be spent: found by name, activity and place, by anybody, without a script."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from tessere.domains.partners import queries
from tessere.domains.partners import steps as partners
from tessere.domains.partners.types import PartnerStatus
from tests.factories.world import World, make_world
from tests.portals.people import read, visitor

pytestmark = pytest.mark.django_db
LIST = "/partners/"


@pytest.fixture
def client(world: World) -> Client:
    return visitor(world)


def names(answer: Any) -> list[str]:
    return [one.name for one in answer.context_data["rows"]]


@pytest.mark.conformance("S1-48")
@pytest.mark.parametrize(
    "words", ["théâtre", "THEATRE", "trois-ponts", "99210", "marvigny theatre"]
)
def test_a_theme_a_name_and_a_postcode_find_the_structure(client: Client, words: str) -> None:
    assert "Compagnie des Trois-Ponts" in names(client.get(LIST, {"q": words}))


def test_nothing_found_says_what_to_do(client: Client) -> None:
    # Streets are not looked through.
    found = client.get(LIST, {"q": "theatre lavandieres"})
    assert names(found) == []
    words = read(found)
    assert "Aucun partenaire ne répond à cette recherche" in words
    assert "Voir tous les partenaires" in words


@pytest.mark.conformance("S1-48")
def test_a_theme_narrows_the_list(world: World, client: Client) -> None:
    everything = client.get(LIST)
    assert len(names(everything)) == 2
    assert "2 partenaires" in read(everything)
    culture = client.get(LIST, {"theme": "Culture"})
    assert names(culture) == ["Compagnie des Trois-Ponts"]
    assert names(client.get(LIST, {"theme": "nothing of ours"})) == names(everything)


@pytest.mark.parametrize("words", ["%", "_", "'", "\\", "<script>alert(1)</script>", "x" * 3_000])
def test_signs_find_nothing_and_do_nothing(client: Client, words: str) -> None:
    answer = client.get(LIST, {"q": words})
    assert answer.status_code == 200 and names(answer) == []
    assert "<script>alert" not in answer.content.decode()


def test_who_may_not_be_paid_is_not_listed(world: World, client: Client) -> None:
    with world.inside():
        partners.set_status(partner_id=world.partner_id, status=PartnerStatus.SUSPENDED)
    assert "Compagnie des Trois-Ponts" not in names(client.get(LIST))
    assert client.get(f"{LIST}{world.partner_code}/").status_code == 404


@pytest.mark.conformance("S1-48")
def test_the_page_of_a_structure_says_where_and_what_and_nothing_else(
    world: World, client: Client
) -> None:
    page = client.get(f"{LIST}{world.partner_code}/")
    words = read(page)
    assert "Compagnie des Trois-Ponts" in words and "Théâtre" in words
    assert "12, rue des Lavandières" in words
    with world.inside():
        record = partners_record(world)
    for secret in (record.siret, record.administrative_email, record.iban_end):
        assert not secret or secret not in page.content.decode()
    assert client.get(f"{LIST}000000000/").status_code == 404


def test_the_map_of_others_is_only_a_link(world: World, client: Client) -> None:
    page = client.get(f"/partners/{world.partner_code}/").content.decode()
    [link] = re.findall(r'href="(https://[^"]+)" rel="noopener noreferrer">', page)
    asked = parse_qs(urlsplit(link).query)["query"]
    assert asked == ["12, rue des Lavandières, 99210 Marvigny"]
    assert not re.findall(r'(?:src|srcset|data)="https?:', page)


def test_another_tenants_structure_is_not_found(client: Client) -> None:
    other = make_world()
    with other.inside():
        record = partners_record(other)
    assert record.partner.code
    assert client.get(LIST, {"q": other.host.partition(".")[0]}).context_data["rows"] == []


def test_a_page_costs_the_same_for_any_number_of_structures(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        client.get(LIST, {"q": "theatre marvigny"})


def partners_record(world: World) -> Any:
    return queries.structure(partner_id=world.partner_id)
