"""The beneficiary's home, as stories."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from tessere.domains.ledger import queries as ledger
from tessere.domains.passes import services as passes
from tessere.domains.redemptions import services as redemptions
from tessere.domains.redemptions.types import Accepted, Channel, Payment
from tests.e2e.beneficiary_pages import add_brother
from tests.factories.world import NOON, World
from tests.portals.people import read as words
from tests.portals.people import signed_in, visitor

pytestmark = pytest.mark.django_db
HOME = "/beneficiary/"


def pay(world: World, cents: int) -> str:
    request = Payment(
        key=uuid4(),
        channel=Channel.PARTNER_CODE,
        purse_id=world.theatre_purse_id,
        partner_id=world.partner_id,
        amount_cents=cents,
    )
    with world.inside():
        [outcome] = redemptions.accept(actor=world.beneficiary, requests=[request], now=NOON)
    assert isinstance(outcome, Accepted)
    return outcome.number


def make_voucher(world: World, cents: int) -> str:
    with world.inside():
        return passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=cents,
            now=NOON,
        )


def of_the_ledger(world: World) -> int:
    purse = world.purse()
    with world.inside():
        balances = ledger.balances(account_ids=[purse.purse_account_id])
    return balances[purse.purse_account_id].balance_cents


@pytest.mark.conformance("S1-65")
def test_the_balance_is_what_the_ledger_says(world: World, lina: Client) -> None:
    def check(shown: str, cents: int) -> None:
        assert f"Il reste {shown}" in words(lina.get(HOME))
        assert of_the_ledger(world) == cents

    check("100,00 €", 10_000)
    number = pay(world, 900)
    check("91,00 €", 9_100)
    make_voucher(world, 350)
    check("87,50 €", 8_750)
    assert "Réservé dans vos bons d’échange : 3,50 €." in words(lina.get(HOME))
    with world.inside():
        redemptions.cancel(actor=world.partner, key=uuid4(), number=number, now=NOON)
    check("96,50 €", 9_650)
    world.grant(350)
    check("100,00 €", 10_000)


@pytest.mark.conformance("S1-66")
def test_one_tap_starts_a_payment(lina: Client) -> None:
    page = lina.get(HOME).content.decode()
    assert page.count("btn--main") == 1
    assert 'href="/beneficiary/pay/?purse=' in page
    assert "Utiliser" in page


@pytest.mark.conformance("S1-66")
def test_the_button_is_off_with_its_reason_when_nothing_is_left(world: World, lina: Client) -> None:
    pay(world, 10_000)
    page = lina.get(HOME)
    assert 'disabled aria-describedby="t-reason"' in page.content.decode()
    assert "Il ne reste rien à utiliser sur ce pass." in words(page)


@pytest.mark.conformance("S1-66")
def test_the_button_is_off_with_its_reason_when_the_programme_is_over(
    world: World, clock: Any
) -> None:
    clock.shift(timedelta(days=365))
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    page = lina.get(HOME)
    assert 'disabled aria-describedby="t-reason"' in page.content.decode()
    assert "Ce pass s’est terminé le 31 décembre 2026." in words(page)
    assert "/beneficiary/pay/?purse" not in page.content.decode()


def test_a_family_looks_at_one_pass_at_a_time(world: World, lina: Client) -> None:
    with transaction.atomic():
        add_brother(world)
    page = lina.get(HOME)
    assert "Pass : Lina" in words(page) and "Noé" in words(page)
    [other] = re.findall(r'href="(\?person=\d+)"><', page.content.decode())
    assert "Pass : Noé Il reste 60,00 €" in words(lina.get(HOME + other))


def test_nobody_else_enters(world: World) -> None:
    assert visitor(world).get(HOME)["Location"].startswith("/sign-in/beneficiary/")
    partner = signed_in(world, world.partner_email)
    assert partner.get(HOME).status_code == 403


def test_a_hostile_name_is_only_a_name(world: World, lina: Client) -> None:
    evil = "<script>alert(1)</script>"
    with world.inside(), transaction.atomic():
        from tessere.domains.beneficiaries.models import Beneficiary  # noqa: PLC0415

        Beneficiary.objects.filter(pk=world.beneficiary_id).update(first_name=evil)
    for path in ("", "pay/", "vouchers/new/"):
        assert evil not in lina.get(HOME + path).content.decode()


def test_the_page_costs_few_statements(
    world: World, lina: Client, django_assert_max_num_queries: Any
) -> None:
    pay(world, 900)
    # Four of them are the savepoints that stand for the page's two transactions in this test.
    with django_assert_max_num_queries(20):
        lina.get(HOME)
