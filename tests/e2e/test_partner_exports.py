"""Finding an operation and taking its file away, in a browser; and what its barcode says."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from tests.e2e.partner_pages import make_voucher, open_as
from tests.factories.world import World
from tests.plugins.site import Site

Check = Callable[[Any], None]
Shoot = Callable[[Any, str], None]
pytestmark = pytest.mark.usefixtures("committing")


def accept(page: Any, site: Site, world: World) -> None:
    page.goto(site.url(world.host, "/partner/"))
    page.get_by_label("Numéro du bon").fill(make_voucher(world))
    page.get_by_role("button", name="Valider").click()
    page.wait_for_url("**/accepted/**")


def wait_for(page: Any, link: Any, *, javascript: bool) -> None:
    """The worker makes the file in a moment; the page shows it by itself, or when it is loaded."""
    if javascript:
        link.wait_for(timeout=20_000)
        return
    for _ in range(40):
        if link.count():
            return
        page.wait_for_timeout(500)
        page.reload()


@pytest.mark.conformance("S1-101")
def test_the_barcode_of_an_operation_is_read_back(site: Site, new_page: Any, world: World) -> None:
    page = new_page(device_scale_factor=2)
    open_as(page, site, world, world.partner_email)
    accept(page, site, world)
    page.goto(site.url(world.host, "/partner/operations/"))
    digits = page.locator("td.c-bar").inner_text()
    page.locator("td.c-num a").click()
    seen = Image.open(io.BytesIO(page.locator("svg.ean").screenshot()))
    [code] = zxingcpp.read_barcodes(seen)
    assert (code.format, code.text) == (zxingcpp.BarcodeFormat.EAN13, digits)


@pytest.mark.parametrize("javascript", [True, False])
def test_search_export_and_take_the_file(
    site: Site,
    new_page: Any,
    world: World,
    check_accessible: Check,
    shoot: Shoot,
    javascript: bool,
) -> None:
    page = new_page(javascript=javascript)
    open_as(page, site, world, world.partner_email)
    for _ in range(2):
        accept(page, site, world)
    page.goto(site.url(world.host, "/partner/operations/"))
    number = page.locator("td.c-num").first.inner_text()
    field = page.get_by_label("Recherche")
    field.fill(number.lower())
    page.get_by_role("button", name="Rechercher").click()
    page.wait_for_url(f"**q={number.lower()}*")
    assert page.locator("td.c-num").all_inner_texts() == [number]
    if javascript:
        check_accessible(page)
        shoot(page, "partner-searched")
    page.get_by_role("button", name="Exporter", exact=True).click()
    page.wait_for_url("**/partner/exports/")
    if javascript:
        check_accessible(page)
        shoot(page, "partner-exports-made")
    link = page.get_by_role("link", name="Télécharger Liste des coupons.csv")
    wait_for(page, link, javascript=javascript)
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "Liste des coupons.csv"
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert [line.split(";")[0] for line in text.splitlines()[1:]] == [f'"{number}"']
    page.goto(site.url(world.host, "/partner/operations/?q=2DZHB6P2X"))
    if javascript:
        check_accessible(page)
        shoot(page, "partner-searched-none")
    page.get_by_role("link", name="Réinitialiser").click()
    page.wait_for_url("**/partner/operations/")
    assert page.locator("td.c-num").count() == 2


def test_the_other_files_are_behind_a_button(
    site: Site,
    new_page: Callable[..., Any],
    world: World,
    check_accessible: Callable[[Any], None],
    shoot: Callable[[Any, str], None],
) -> None:
    page = new_page()
    open_as(page, site, world, world.partner_email)
    accept(page, site, world)
    page.goto(site.url(world.host, "/partner/operations/"))
    page.get_by_text("Autres fichiers").press("Enter")
    people = page.get_by_role("button", name="Liste des bénéficiaires (CSV)")
    people.wait_for()
    check_accessible(page)
    shoot(page, "partner-other-files")
    people.press("Enter")
    page.wait_for_url("**/partner/exports/")
    page.get_by_text("Liste des bénéficiaires.csv").first.wait_for()
