"""A beneficiary at a counter, in a real browser: keyboard, no script, camera."""

from collections.abc import Callable
from typing import Any

import pytest

from tessere.domains.redemptions import queries as redemptions
from tessere.domains.redemptions.types import Channel, RedemptionRecord
from tests.e2e.beneficiary_pages import (
    HOME,
    add_brother,
    open_as_beneficiary,
    partner_qr_path,
)
from tests.factories.world import PASSWORD, World
from tests.plugins.site import Site

pytestmark = pytest.mark.usefixtures("committing")


def operations(world: World) -> list[RedemptionRecord]:
    with world.inside():
        page = redemptions.redemptions_of_people(
            beneficiary_ids=world.beneficiary.beneficiary_ids, page=1, size=50
        )
    return page.rows


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until the focus is there, as somebody without a mouse does."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard on {page.url}")


def pay_from_amount(page: Any, amount: str) -> None:
    """Steps 2 and 3."""
    page.get_by_label("Montant").fill(amount)
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_role("button", name="Payer").click()
    page.wait_for_url("**/receipt/**")


@pytest.mark.conformance("S1-66")
def test_with_the_keyboard_only(site: Site, page: Any, world: World) -> None:
    page.goto(site.url(world.host, HOME))
    tab_to(page, "#id_email")
    page.keyboard.type(world.beneficiary_email)
    tab_to(page, "#id_password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{HOME}")
    tab_to(page, "a.btn--main")
    assert page.evaluate("document.activeElement.innerText").strip().upper() == "UTILISER"
    page.keyboard.press("Enter")
    page.wait_for_url("**/pay/**")
    tab_to(page, "#id_code")
    page.keyboard.type("093 351 957")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pay/code/**")
    tab_to(page, "#id_amount")
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    page.wait_for_url("**/confirm/**")
    tab_to(page, "main button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipt/**")
    assert "9,00" in page.locator(".receipt__sum").inner_text()
    [paid] = operations(world)
    assert (paid.amount_cents, paid.channel) == (900, Channel.PARTNER_CODE)


@pytest.mark.conformance("S1-59")
def test_without_javascript(site: Site, new_page: Callable[..., Any], world: World) -> None:
    page = new_page(javascript=False, width=360)
    open_as_beneficiary(page, site, world)
    page.get_by_role("link", name="Utiliser").click()
    assert page.locator("[data-scanner]").is_hidden()
    page.get_by_label("Tapez le code partenaire").fill(world.partner_code)
    page.get_by_role("button", name="Continuer").click()
    pay_from_amount(page, "9,50")
    page.get_by_role("link", name="Terminé").click()
    assert "90,50" in page.locator(".use__total").inner_text()
    page.get_by_role("link", name="Préparer un bon").click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Chez quel partenaire").select_option(index=1)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Valeur du bon").fill("9")
    page.get_by_role("button", name="Créer le bon").click()
    page.wait_for_url("**/vouchers/*/")
    assert world.purse().available_cents == 8_150
    page.get_by_role("link", name="Annuler ce bon").click()
    page.get_by_role("button", name="Annuler le bon").click()
    assert page.get_by_text("Sa valeur est revenue").is_visible()
    assert world.purse().available_cents == 9_050


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_camera_reads_the_partners_qr_code(
    site: Site, camera_page: Callable[..., Any], world: World, width: int
) -> None:
    page = camera_page(
        site.url(world.host, partner_qr_path(world)), viewport={"width": width, "height": 800}
    )
    open_as_beneficiary(page, site, world)
    page.get_by_role("link", name="Utiliser").click()
    page.wait_for_url("**/p/**", timeout=20_000)
    pay_from_amount(page, "9")
    assert [one.channel for one in operations(world)] == [Channel.PARTNER_QR]


@pytest.mark.conformance("S1-67")
def test_a_camera_that_is_refused_leads_to_the_field(
    site: Site, camera_page: Callable[..., Any], world: World
) -> None:
    page = camera_page("x", allowed=False)
    open_as_beneficiary(page, site, world)
    page.get_by_role("link", name="Utiliser").click()
    page.get_by_text("La caméra n’est pas disponible.").wait_for()
    page.get_by_label("Tapez le code partenaire").fill(world.partner_code)
    page.get_by_role("button", name="Continuer").click()
    pay_from_amount(page, "9")
    assert len(operations(world)) == 1


@pytest.mark.conformance("S1-64")
def test_a_code_that_leads_elsewhere_is_not_followed(
    site: Site, camera_page: Callable[..., Any], world: World
) -> None:
    page = camera_page(f"https://elsewhere.example{partner_qr_path(world)}")
    open_as_beneficiary(page, site, world, f"{HOME}pay/")
    page.get_by_text("Ce QR code n’est pas le bon.").wait_for(timeout=20_000)
    assert page.url == site.url(world.host, f"{HOME}pay/")


def test_the_telephones_own_camera_opens_step_2_after_signing_in(
    site: Site, page: Any, world: World
) -> None:
    open_as_beneficiary(page, site, world, partner_qr_path(world))
    assert "Compagnie des Trois-Ponts" in page.locator(".payee").inner_text()


@pytest.mark.conformance("S1-76")
def test_double_click_and_back_button_pay_once(site: Site, page: Any, world: World) -> None:
    open_as_beneficiary(page, site, world, partner_qr_path(world))
    page.get_by_label("Montant").fill("9")
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_role("button", name="Payer").dblclick()
    page.wait_for_url("**/receipt/**")
    receipt = page.url
    page.go_back()
    page.get_by_role("button", name="Payer").click()
    page.wait_for_url("**/receipt/**")
    assert page.url == receipt
    assert len(operations(world)) == 1


def test_the_receipts_clock_ticks(site: Site, page: Any, world: World) -> None:
    open_as_beneficiary(page, site, world, partner_qr_path(world))
    pay_from_amount(page, "9")
    clock = page.locator("[data-clock]")
    shown = clock.inner_text()
    page.wait_for_function(
        "t => document.querySelector('[data-clock]').textContent !== t", arg=shown
    )
    assert "il y a" in page.locator("[data-ago]").inner_text()


@pytest.mark.conformance("S1-74")
def test_a_second_device_sees_the_new_balance(
    site: Site, new_page: Callable[..., Any], world: World
) -> None:
    first, second = new_page(), new_page(width=360)
    for page in (first, second):
        open_as_beneficiary(page, site, world)
    first.goto(site.url(world.host, partner_qr_path(world)))
    pay_from_amount(first, "9")
    second.bring_to_front()
    second.locator(".use__total").get_by_text("91,00").wait_for(timeout=10_000)


def test_a_family_pays_for_the_one_it_chose(site: Site, page: Any, world: World) -> None:
    purse_id = add_brother(world)
    open_as_beneficiary(page, site, world)
    page.get_by_role("link", name="Noé").click()
    assert "60,00" in page.locator(".use__total").inner_text()
    page.get_by_role("link", name="Utiliser").click()
    page.get_by_label("Tapez le code partenaire").fill(world.partner_code)
    page.get_by_role("button", name="Continuer").click()
    assert page.locator("input[name=purse]:checked").input_value() == str(purse_id)
    pay_from_amount(page, "9")
    assert world.purse(purse_id).available_cents == 5_100
    assert world.purse().available_cents == 10_000
