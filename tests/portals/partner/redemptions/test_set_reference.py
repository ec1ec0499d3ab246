"""The structure's own reference: seen on the list and in the file, never by the beneficiary."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.factories.world import World
from tests.portals.partner.stories import pay
from tests.portals.people import read, signed_in

pytestmark = pytest.mark.django_db
LIST = "/partner/operations/"
REFERENCE = "/partner/operations/reference/"


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world, world.partner_email)


@pytest.mark.conformance("S1-111")
def test_it_is_typed_on_the_operation_and_shown_in_the_list(world: World, client: Client) -> None:
    number = pay(world)
    page = client.get(f"{LIST}{number}/").content.decode()
    assert "Référence interne" in page and "data-unsaved-form" in page
    answer = client.post(REFERENCE, {"op": number, "reference": "Atelier du mardi"})
    assert answer.status_code == 303
    words = read(client.get(answer["Location"]))
    assert "Référence enregistrée sur 1 opération." in words and "Atelier du mardi" in words
    assert 'value="Atelier du mardi"' in client.get(f"{LIST}{number}/").content.decode()


def test_one_reference_for_all_that_were_picked(world: World, client: Client) -> None:
    numbers = [pay(world, 100) for _ in range(3)]
    question = client.get(REFERENCE, {"op": numbers[:2]})
    assert "2 opérations, 2,00 € en tout." in read(question)
    answer = client.post(REFERENCE, {"op": numbers[:2], "reference": "Stage"})
    assert "sur 2 opérations" in read(client.get(answer["Location"]))
    rows = client.get(LIST).context_data["rows"]
    assert {row.number for row in rows if row.partner_reference == "Stage"} == {*numbers[:2]}


@pytest.mark.conformance("S1-112")
def test_it_is_escaped_short_and_hidden_from_the_beneficiary(world: World, client: Client) -> None:
    number = pay(world)
    client.post(REFERENCE, {"op": number, "reference": "<script>alert(1)</script>"})
    page = client.get(LIST).content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    for path in (f"/beneficiary/receipt/{number}/", "/beneficiary/history/", "/beneficiary/"):
        assert "alert(1)" not in lina.get(path).content.decode()
    long = client.post(REFERENCE, {"op": number, "reference": "x" * 141})
    assert long.status_code == 400 and "x" * 141 in long.content.decode()
    assert client.post(REFERENCE, {"op": number, "reference": "x" * 140}).status_code == 303


def test_nothing_picked_leads_back_to_the_list(world: World, client: Client) -> None:
    pay(world)
    for answer in (client.get(REFERENCE), client.post(REFERENCE, {"reference": str(uuid4())})):
        assert answer.status_code == 303 and answer["Location"] == LIST


def test_a_cashier_writes_none(world: World) -> None:
    number = pay(world)
    cashier = signed_in(world, world.cashier_email)
    assert cashier.post(REFERENCE, {"op": number, "reference": "x"}).status_code == 403
    assert "data-unsaved-form" not in cashier.get(f"{LIST}{number}/").content.decode()
    assert "Référence interne" not in read(cashier.get(LIST))
