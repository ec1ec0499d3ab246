"""The app of a home screen: it can be installed, and shows bons and codes without a network."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from tests.e2e.beneficiary_pages import HOME, open_as_beneficiary, partner_qr_path
from tests.e2e.partner_pages import make_voucher, open_as
from tests.factories.world import World
from tests.plugins.browser import CHROMIUM, FLAGS
from tests.plugins.site import Site, StartSite

zxingcpp = pytest.importorskip("zxingcpp")
pytestmark = pytest.mark.usefixtures("committing")

NewPage = Callable[..., Any]
Shoot = Callable[[Any, str], None]
KEPT = """async () => {
  const cache = await caches.open("kept");
  const requests = await cache.keys();
  return requests.map(request => new URL(request.url).pathname).sort();
}"""


def wait_until_kept(page: Any, *paths: str) -> None:
    """Until the worker holds exactly these pages; it works while the page is read."""
    for _ in range(100):
        found = page.evaluate(KEPT)
        if found == sorted(paths):
            return
        page.wait_for_timeout(100)
    raise AssertionError(found)


def pay(page: Any, site: Site, world: World) -> str:
    """Pay nine euros; gives the path of the receipt."""
    page.goto(site.url(world.host, partner_qr_path(world)))
    page.get_by_label("Montant").fill("9")
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_role("button", name="Payer").click()
    page.wait_for_url("**/receipt/**")
    return str(page.evaluate("location.pathname"))


def codes_on(page: Any) -> list[str]:
    """What a telephone reads on the screen."""
    return [code.text for code in zxingcpp.read_barcodes(Image.open(BytesIO(page.screenshot())))]


@pytest.mark.conformance("S1-57", "S1-58")
def test_a_browser_offers_to_install_it(
    site: Site, playwright: Any, tmp_path: Path, world: World
) -> None:
    # The other pages of these tests are private windows, where nothing can be installed.
    window = playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=CHROMIUM, args=list(FLAGS)
    )
    with window:
        page = window.pages[0]
        page.goto(site.url(world.host))
        protocol = window.new_cdp_session(page)
        assert protocol.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
        found = protocol.send("Page.getAppManifest")
        assert found["errors"] == [] and found["url"] == site.url(world.host, "/app.webmanifest")
        page.evaluate("document.querySelector('link[rel=manifest]').remove()")
        # The page tells the browser of it in a moment.
        for _ in range(50):
            errors = protocol.send("Page.getInstallabilityErrors")["installabilityErrors"]
            if errors:
                break
            page.wait_for_timeout(100)
        [error] = errors
        assert error["errorId"] == "no-manifest"


@pytest.mark.conformance("S1-61", "S1-72")
def test_bons_and_receipts_open_without_a_network(
    start_site: StartSite, new_page: NewPage, world: World, shoot: Shoot
) -> None:
    site, page = start_site(), new_page(width=360)
    number = make_voucher(world)
    open_as_beneficiary(page, site, world)
    receipt = pay(page, site, world)
    bon = f"{HOME}vouchers/{number}/"
    wait_until_kept(page, f"{HOME}vouchers/", bon, receipt)
    site.kill()

    page.goto(site.url(world.host, bon))
    assert "Sans connexion" in page.locator(".kept").inner_text()
    [code] = codes_on(page)
    assert number in code
    shoot(page, "offline-bon")

    page.goto(site.url(world.host, receipt))
    stamp = page.locator(".receipt__stamp")
    assert stamp.is_visible() and stamp.inner_text() == "NON VÉRIFIÉ"
    assert not page.locator("[data-clock]").is_visible()
    shoot(page, "offline-receipt")

    page.goto(site.url(world.host, "/start/"))
    page.get_by_role("link", name="Mes bons d’échange").wait_for()
    shoot(page, "offline")
    page.get_by_role("link", name="Bon de 9,00").click()
    page.wait_for_url(f"**{bon}")


@pytest.mark.conformance("S1-61")
def test_the_partner_shows_its_code_without_a_network(
    start_site: StartSite, new_page: NewPage, world: World, shoot: Shoot
) -> None:
    site, page = start_site(), new_page(width=360)
    open_as(page, site, world, world.cashier_email)
    wait_until_kept(page, "/partner/qr/")
    site.kill()
    page.goto(site.url(world.host, "/start/"))
    page.get_by_role("link", name="Mon QR code").click()
    page.wait_for_url("**/partner/qr/")
    [code] = codes_on(page)
    assert code == site.url(world.host, partner_qr_path(world))
    shoot(page, "offline-qr")


@pytest.mark.conformance("S1-72")
def test_a_picture_of_a_receipt_can_be_told_from_the_receipt(
    site: Site, new_page: NewPage, world: World
) -> None:
    page = new_page(width=360)
    open_as_beneficiary(page, site, world)
    pay(page, site, world)
    band = page.locator(".receipt__band")
    first, clock = band.screenshot(), page.locator("[data-clock]").inner_text()
    page.wait_for_timeout(1_200)
    second = band.screenshot()
    pictures = [Image.open(BytesIO(each)).convert("RGB") for each in (first, second)]
    assert ImageChops.difference(*pictures).getbbox() is not None
    assert page.locator("[data-clock]").inner_text() != clock
    assert not page.locator(".receipt__stamp").is_visible()
    page.context.set_offline(True)
    page.locator(".receipt__stamp").wait_for()
    assert not page.locator("[data-clock]").is_visible()
    page.context.set_offline(False)
    page.locator(".receipt__stamp").wait_for(state="hidden")


def test_signing_out_forgets_what_was_kept(site: Site, new_page: NewPage, world: World) -> None:
    page = new_page()
    number = make_voucher(world)
    open_as_beneficiary(page, site, world)
    wait_until_kept(page, f"{HOME}vouchers/", f"{HOME}vouchers/{number}/")
    page.locator(".who summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(site.url(world.host, "/"))
    wait_until_kept(page)


@pytest.mark.parametrize("path", ["/", "/sign-in/beneficiary/", f"{HOME}vouchers/"])
def test_an_ended_session_forgets_it_at_the_next_page(
    site: Site, new_page: NewPage, world: World, path: str
) -> None:
    page = new_page()
    open_as_beneficiary(page, site, world, f"{HOME}vouchers/")
    wait_until_kept(page, f"{HOME}vouchers/")
    page.context.clear_cookies()
    page.goto(site.url(world.host, path))
    wait_until_kept(page)


def test_another_person_finds_nothing_of_the_first(
    site: Site, new_page: NewPage, world: World
) -> None:
    page = new_page()
    number = make_voucher(world)
    open_as_beneficiary(page, site, world)
    wait_until_kept(page, f"{HOME}vouchers/", f"{HOME}vouchers/{number}/")
    page.context.clear_cookies()
    open_as(page, site, world, world.cashier_email)
    wait_until_kept(page, "/partner/qr/")
