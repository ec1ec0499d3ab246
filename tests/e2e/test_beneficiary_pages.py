"""Every page of the beneficiaries' portal: accessible, and as wide as the window."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from tessere.domains.passes import services as passes
from tessere.domains.redemptions import services as redemptions
from tessere.domains.redemptions.types import Channel, Payment
from tessere.foundation.clock import now
from tests.e2e.beneficiary_pages import HOME, add_brother, open_as_beneficiary, partner_qr_path
from tests.factories.world import World, make_world
from tests.plugins.site import Site

pytestmark = pytest.mark.usefixtures("committing")


@pytest.fixture
def world() -> World:
    made = make_world(granted_cents=6_000)
    made.grant(4_000, purse_id=made.tennis_purse_id)
    return made


def pay(world: World, cents: int, *, days_ago: int = 0) -> str:
    request = Payment(
        key=uuid4(),
        channel=Channel.PARTNER_QR,
        purse_id=world.theatre_purse_id,
        partner_id=world.partner_id,
        amount_cents=cents,
    )
    at = now() - timedelta(days=days_ago)
    with world.inside():
        [outcome] = redemptions.accept(actor=world.beneficiary, requests=[request], now=at)
    return outcome.number


def make_voucher(world: World, cents: int, *, days_ago: int = 0) -> str:
    with world.inside():
        return passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=cents,
            now=now() - timedelta(days=days_ago),
        )


@pytest.mark.conformance("S1-153")
def test_every_page(
    site: Site,
    page: Any,
    world: World,
    check_accessible: Callable[[Any], None],
    shoot: Callable[[Any, str], None],
) -> None:
    open_as_beneficiary(page, site, world)

    def look(name: str, path: str) -> None:
        if path:
            page.goto(site.url(world.host, path))
        check_accessible(page)
        shoot(page, f"beneficiary-{name}")

    look("home-first", HOME)
    look("history-empty", f"{HOME}history/")
    look("vouchers-empty", f"{HOME}vouchers/")
    add_brother(world)
    old, cancelled = pay(world, 850, days_ago=9), pay(world, 1_200, days_ago=3)
    with world.inside():
        redemptions.cancel(actor=world.partner, key=uuid4(), number=cancelled, now=now())
    number, gone, expired = (
        make_voucher(world, 900),
        make_voucher(world, 400),
        make_voucher(world, 300, days_ago=40),
    )
    with world.inside():
        passes.cancel_voucher(actor=world.beneficiary, key=uuid4(), number=gone, now=now())
    look("home", HOME)
    look("pay", f"{HOME}pay/")
    page.get_by_label("Tapez le code partenaire").fill("93351957")
    page.get_by_role("button", name="Continuer").click()
    look("pay-mistyped", "")
    look("amount", partner_qr_path(world))
    page.get_by_label("Montant").fill("400")
    page.locator("label.choice").first.click()
    page.get_by_role("button", name="Vérifier").click()
    look("amount-refused", "")
    page.get_by_label("Montant").fill("9")
    page.get_by_role("button", name="Vérifier").click()
    look("confirm", "")
    page.get_by_role("button", name="Payer").click()
    page.wait_for_url("**/receipt/**")
    look("receipt", "")
    look("operation", f"{HOME}receipt/{old}/")
    look("operation-cancelled", f"{HOME}receipt/{cancelled}/")
    look("history", f"{HOME}history/")
    look("vouchers", f"{HOME}vouchers/")
    look("voucher", f"{HOME}vouchers/{number}/")
    look("voucher-cancelled", f"{HOME}vouchers/{gone}/")
    look("voucher-expired", f"{HOME}vouchers/{expired}/")
    look("voucher-cancel", f"{HOME}vouchers/{number}/cancel/")
    look("voucher-new", f"{HOME}vouchers/new/")
    look("voucher-partner", f"{HOME}vouchers/new/?purse={world.theatre_purse_id}")
    where = f"?purse={world.theatre_purse_id}&partner={world.partner_id}&key={uuid4()}"
    look("voucher-value", f"{HOME}vouchers/new/{where}")
    page.get_by_label("Valeur du bon").fill("1e3")
    page.get_by_role("button", name="Créer le bon").click()
    look("voucher-value-refused", "")
