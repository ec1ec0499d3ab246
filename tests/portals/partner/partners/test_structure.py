"""CONVENTIONS and MA STRUCTURE."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from tessere.domains.partners import steps as partners
from tessere.domains.partners.types import AgreementStatus
from tests.factories.world import World
from tests.portals.people import read, signed_in

pytestmark = pytest.mark.django_db
COLUMNS = "Code E.coupon(s) Date de demande Date de signature Date du statut Statut"


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world, world.partner_email)


def test_agreements_have_the_guides_columns(client: Client) -> None:
    words = read(client.get("/partner/agreements/"))
    assert COLUMNS in words
    assert "Tennis, Théâtre (2026) 05/01/2026 06/01/2026 07/01/2026 Acceptée" in words


def test_an_agreement_that_ended_says_so(world: World, client: Client) -> None:
    with world.inside():
        partners.set_agreement_status(
            agreement_id=world.agreement_id,
            status=AgreementStatus.SUSPENDED,
            on=date(2026, 5, 31),
        )
    assert "31/05/2026 Suspendue" in read(client.get("/partner/agreements/"))


def test_a_record_shows_the_end_of_the_iban_only(world: World, client: Client) -> None:
    assert "Aucun compte bancaire" in read(client.get("/partner/structure/"))
    with world.inside(), transaction.atomic():
        partners.set_bank_account(
            partner_id=world.partner_id,
            holder_name="Compagnie des Trois-Ponts",
            bank_name="Banque du Quai",
            iban="FR7630006000011234567890189",
            bic="",
        )
    answer = client.get("/partner/structure/")
    assert "0189" in read(answer) and "Banque du Quai" in read(answer)
    assert "30006000011234567890189" not in "".join(answer.content.decode().split())


def test_a_record_keeps_leading_zeros_and_escapes_markup(world: World, client: Client) -> None:
    answer = client.get("/partner/structure/")
    assert "093 351 957" in read(answer)
    assert "12, rue des Lavandières 99210 Marvigny" in read(answer)
