"""Every page of the public and the partners' portal: accessible, and as wide as the window."""

from collections.abc import Callable
from typing import Any

import pytest

from tessere.domains.passes.queries import voucher_proof
from tests.e2e.beneficiary_pages import partner_qr_path
from tests.e2e.partner_pages import make_voucher, open_as, open_link
from tests.factories.world import PASSWORD, World
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
    "notices": "/partner/notices/",
    "password": "/password/change/",
}


def test_public_pages(site: Site, page: Any, world: World, shoot: Shoot) -> None:
    for name, path in PUBLIC.items():
        page.goto(site.url(world.host, path))
        shoot(page, f"public-{name}")


@pytest.mark.conformance("S1-153")
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
    check_printed_as_a_table(page)
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
        shoot(page, f"partner-{name}")

    page.goto(site.url(world.host, "/partner/operations/"))
    page.get_by_role("button", name="Exporter", exact=True).click()
    page.wait_for_url("**/exports/")
    check_accessible(page)
    shoot(page, "partner-exports-one")


def test_what_is_closed_to_a_cashier(
    site: Site, page: Any, world: World, check_accessible: Check, shoot: Shoot
) -> None:
    open_as(page, site, world, world.cashier_email)
    page.get_by_label("Numéro du bon").fill(make_voucher(world))
    page.get_by_role("button", name="Valider").click()
    page.wait_for_url("**/accepted/**")
    shoot(page, "cashier-accepted")
    number = page.url.rstrip("/").rsplit("/", 1)[1]
    for name, path in (
        ("operations", "/partner/operations/"),
        ("operation", f"/partner/operations/{number}/"),
        ("closed", "/partner/exports/"),
        ("of-beneficiaries", partner_qr_path(world)),
    ):
        page.goto(site.url(world.host, path))
        check_accessible(page)
        shoot(page, f"cashier-{name}")


def test_pages_on_the_way_in(
    site: Site, page: Any, world: World, check_accessible: Check, shoot: Shoot
) -> None:
    """Registration, activation and the page of a structure that waits; then the bare host."""
    email = "nora@librairie.example"
    page.goto(site.url(world.host, "/register/"))
    page.get_by_role("button", name="Envoyer ma demande").click()
    check_accessible(page)
    shoot(page, "public-register-errors")
    for field, text in (
        ("legal_name", "Librairie La Belle Page"),
        ("siret", "912 345 675 00017"),
        ("street", "4, place du Vieux-Marché"),
        ("postcode", "99210"),
        ("town", "Marvigny"),
        ("first_name", "Nora"),
        ("last_name", "Vidal"),
        ("email", email),
    ):
        page.locator(f"#id_{field}").fill(text)
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.wait_for_url(site.url(world.host, "/register/done/"))
    open_link(page, site, world)
    check_accessible(page)
    shoot(page, "public-choose-password")
    for field in ("password", "again"):
        page.locator(f"#id_{field}").fill(PASSWORD)
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_label("Adresse email").fill(email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(site.url(world.host, "/partner/pending/"))
    check_accessible(page)
    shoot(page, "partner-pending")
    page.goto(site.url(world.host, "/inbox/"))
    check_accessible(page)
    shoot(page, "public-inbox")
    page.goto(site.url("localhost", "/"))
    check_accessible(page)
    shoot(page, "public-tenants")


def test_the_page_of_a_scanned_bon(
    site: Site, page: Any, world: World, check_accessible: Check, shoot: Shoot
) -> None:
    number = make_voucher(world)
    with world.inside():
        proof = voucher_proof(number=number)
    open_as(page, site, world, world.cashier_email, f"/partner/voucher/{number}/{proof}/")
    check_accessible(page)
    shoot(page, "partner-scan")
    page.get_by_role("button", name="Valider").click()
    page.wait_for_url("**/accepted/**")


def check_printed_as_a_table(page: Any) -> None:
    """A sheet of paper is narrow, yet a line of the list stays one line, without its buttons."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 990})
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    assert page.get_by_role("columnheader", name="Montant").bounding_box()["height"] > 10
    line = page.locator(".ops tbody tr").first
    assert line.evaluate("row => getComputedStyle(row).display") == "table-row"
    hidden = page.locator(".ops .c-sel, .ops .c-bin").evaluate_all(
        "cells => cells.every(cell => getComputedStyle(cell).display === 'none')"
    )
    assert hidden
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
