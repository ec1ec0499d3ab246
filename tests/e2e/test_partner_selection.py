"""Picking operations from page to page, with their sum; a reference that is not lost by mistake."""

from collections.abc import Callable
from typing import Any

import pytest

from tessere.foundation import clock
from tests.e2e.partner_pages import open_as
from tests.factories.world import World, make_world
from tests.plugins.site import Site
from tests.portals.partner.stories import pay

Check = Callable[[Any], None]
Shoot = Callable[[Any, str], None]
pytestmark = pytest.mark.usefixtures("committing")


@pytest.fixture
def world() -> World:
    world = make_world()
    for _ in range(12):
        pay(world, 250, at=clock.now())
    return world


@pytest.mark.conformance("S1-124", "S1-125")
def test_the_sum_is_live_and_goes_over_pages(
    site: Site, new_page: Any, world: World, check_accessible: Check, shoot: Shoot
) -> None:
    page = new_page()
    open_as(page, site, world, world.partner_email)
    page.goto(site.url(world.host, "/partner/operations/"))
    bar = page.get_by_role("region", name="Sélection")
    assert not bar.is_visible()
    for row in (0, 1):
        page.locator("td.c-sel input").nth(row).focus()
        page.keyboard.press("Space")
    assert "Élément(s) sélectionné(s)" in bar.inner_text()
    assert bar.locator("[data-sum]").inner_text() == "5,00\u00a0€"
    assert bar.locator("[data-of]").inner_text() == "2\u00a0/\u00a012"
    check_accessible(page)
    shoot(page, "partner-selection")
    page.get_by_role("link", name="Page suivante").click()
    page.wait_for_url("**page=2**")
    assert page.locator("td.c-num").count() == 2
    assert bar.locator("[data-of]").inner_text() == "2\u00a0/\u00a012"
    page.locator("thead .check").click()
    assert bar.locator("[data-sum]").inner_text() == "10,00\u00a0€"
    page.get_by_role("button", name="Référence interne").click()
    page.wait_for_url("**/operations/reference/**")
    assert "4 opérations, 10,00\u00a0€ en tout." in page.inner_text("main")
    check_accessible(page)
    shoot(page, "partner-reference")
    page.get_by_label("Référence interne").fill("Stage de Pâques")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/partner/operations/")
    assert page.get_by_text("Stage de Pâques").count() == 2


def test_deselecting_clears_every_page(site: Site, new_page: Any, world: World) -> None:
    page = new_page()
    open_as(page, site, world, world.partner_email)
    page.goto(site.url(world.host, "/partner/operations/"))
    page.locator("td.c-sel .check").first.click()
    page.get_by_role("link", name="Page suivante").click()
    page.wait_for_url("**page=2**")
    bar = page.get_by_role("region", name="Sélection")
    bar.get_by_role("button", name="Désélectionner").focus()
    page.keyboard.press("Enter")
    assert not bar.is_visible()
    page.get_by_role("link", name="Page précédente").click()
    page.wait_for_url("**page=1**")
    assert page.locator("td.c-sel input:checked").count() == 0


@pytest.mark.conformance("S1-111")
def test_leaving_with_a_reference_unsaved_asks_first(
    site: Site, new_page: Any, world: World
) -> None:
    page = new_page()
    open_as(page, site, world, world.partner_email)
    page.goto(site.url(world.host, "/partner/operations/"))
    page.locator("td.c-num a").first.click()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Référence interne").fill("Atelier")
    page.get_by_role("link", name="Mes opérations").click()
    page.wait_for_url("**/partner/operations/")
    assert asked == ["beforeunload"]
    page.locator("td.c-num a").first.click()
    page.get_by_label("Référence interne").fill("Atelier")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/partner/operations/")
    assert asked == ["beforeunload"]
    assert page.get_by_text("Atelier").count() == 1
