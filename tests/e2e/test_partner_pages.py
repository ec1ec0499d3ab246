"""Every page of the public and the partners' portal: accessible, and as wide as the window."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.partner_pages import make_voucher, open_as
from tests.factories.world import World, make_world
from tests.plugins.site import Site

Check = Callable[[Any], None]
Shoot = Callable[[Any, str], None]
pytestmark = pytest.mark.usefixtures("committing")

PUBLIC = {
    "home": "/",
    "sign-in": "/sign-in/partner/",
    "sign-in-beneficiary": "/sign-in/beneficiary/",
    "forgotten": "/password/forgotten/",
    "sent": "/password/sent/",
    "link": "/password/reset/1/x-y/",
    "register": "/register/",
    "registered": "/register/done/",
    "inbox": "/inbox/",
    "missing": "/nowhere/",
}
PARTNER = {
    "home": "/partner/",
    "operations": "/partner/operations/",
    "reimbursements": "/partner/reimbursements/",
    "agreements": "/partner/agreements/",
    "structure": "/partner/structure/",
    "exports": "/partner/exports/",
    "password": "/password/change/",
}


@pytest.fixture
def world() -> World:
    return make_world()


def test_public_pages(
    site: Site, page: Any, world: World, check_accessible: Check, shoot: Shoot
) -> None:
    for name, path in PUBLIC.items():
        page.goto(site.url(world.host, path))
        check_accessible(page)
        shoot(page, f"public-{name}")


def test_partner_pages(
    site: Site, page: Any, world: World, check_accessible: Check, shoot: Shoot
) -> None:
    open_as(page, site, world, world.partner_email)
    numbers = [make_voucher(world, 900 + 350 * index) for index in range(3)]
    for number in numbers:
        page.goto(site.url(world.host, "/partner/"))
        page.get_by_label("Numéro du bon").fill(number)
        page.get_by_role("button", name="Valider").click()
        page.wait_for_url("**/accepted/**")
    check_accessible(page)
    shoot(page, "partner-accepted")
    page.get_by_role("link", name="C’est une erreur").click()
    check_accessible(page)
    shoot(page, "partner-cancel")
    page.get_by_role("button", name="Annuler l’opération").click()
    page.wait_for_url("**/operations/")
    shoot(page, "partner-cancelled")
    page.get_by_role("row").nth(2).get_by_role("link").first.click()
    check_accessible(page)
    shoot(page, "partner-operation")
    page.goto(site.url(world.host, "/partner/"))
    page.get_by_label("Numéro du bon").fill(numbers[0])
    page.get_by_role("button", name="Valider").click()
    check_accessible(page)
    shoot(page, "partner-refused")
    page.goto(site.url(world.host, "/partner/"))
    page.get_by_label("Numéro du bon").fill("2DZHB6P2X")
    page.get_by_role("button", name="Valider").click()
    check_accessible(page)
    shoot(page, "partner-mistyped")
    for name, path in PARTNER.items():
        page.goto(site.url(world.host, path))
        check_accessible(page)
        shoot(page, f"partner-{name}")
