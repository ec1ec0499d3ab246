"""The bell: a payment shows in it at once, wherever the person is; a keyboard reads it too."""

from collections.abc import Callable
from typing import Any

import pytest

from tessere.domains.redemptions import services
from tessere.foundation import clock
from tests.domains.redemptions.stories import payment
from tests.e2e.beneficiary_pages import open_as_beneficiary, partner_qr_path
from tests.e2e.partner_pages import open_as
from tests.factories.world import World
from tests.plugins.site import Site
from tests.portals.partner.stories import pay

Check = Callable[[Any], None]
NewPage = Callable[..., Any]
Shoot = Callable[[Any, str], None]
pytestmark = pytest.mark.usefixtures("committing")

NOTICES = "/partner/notices/"
WITHIN_MS = 2_000


def bell(page: Any, says: str) -> Any:
    return page.get_by_role("link", name=f"Nouveautés, {says}", exact=True)


@pytest.mark.conformance("S1-71")
def test_a_payment_rings_within_two_seconds(site: Site, new_page: NewPage, world: World) -> None:
    """On a page that shows no figures, and in the open list."""
    counter, reader, person = new_page(), new_page(width=360), new_page(width=360)
    open_as(counter, site, world, world.partner_email, "/partner/structure/")
    open_as(reader, site, world, world.cashier_email, NOTICES)
    open_as_beneficiary(person, site, world)
    bell(counter, "tout est lu").wait_for()
    reader.get_by_role("heading", name="Aucune nouveauté pour le moment").wait_for()
    person.goto(site.url(world.host, partner_qr_path(world)))
    person.get_by_label("Montant").fill("9")
    person.get_by_role("button", name="Vérifier").click()
    person.get_by_role("button", name="Payer").click()
    person.wait_for_url("**/receipt/**")
    bell(counter, "1 non lue").wait_for(timeout=WITHIN_MS)
    bell(reader, "1 non lue").wait_for(timeout=WITHIN_MS)
    row = reader.get_by_role("listitem").filter(has_text="Lina BESNARD")
    row.wait_for(timeout=WITHIN_MS)
    assert "9,00" in row.inner_text() and "Non lue" in row.inner_text()


@pytest.mark.conformance("S1-71")
def test_without_javascript_the_next_page_load_shows_it(
    site: Site, new_page: NewPage, world: World
) -> None:
    counter = new_page(javascript=False)
    open_as(counter, site, world, world.cashier_email)
    pay(world, 900, at=clock.now())
    bell(counter, "tout est lu").wait_for()
    counter.reload()
    bell(counter, "1 non lue").click()
    counter.get_by_role("button", name="Tout marquer comme lu").click()
    bell(counter, "tout est lu").wait_for()
    assert "Non lue" not in counter.locator("main").inner_text()


def test_the_keyboard_alone_reads_them_all(site: Site, page: Any, world: World) -> None:
    for cents in (900, 300):
        pay(world, cents, at=clock.now())
    open_as(page, site, world, world.partner_email, "/partner/operations/")
    page.keyboard.press("Tab")  # to the contents
    page.keyboard.press("Tab")  # the logo
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.className")
    assert focused == "bell"
    # The counter goes on while the person stands on it.
    pay(world, 100, at=clock.now())
    bell(page, "3 non lues").wait_for(timeout=WITHIN_MS)
    assert page.evaluate("document.activeElement.className") == "bell"
    page.keyboard.press("Enter")
    page.wait_for_url(site.url(world.host, NOTICES))
    assert bell(page, "3 non lues").get_attribute("aria-current") == "page"
    page.get_by_role("button", name="Tout marquer comme lu").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Vos nouveautés sont marquées comme lues.").wait_for()
    bell(page, "tout est lu").wait_for()


def test_it_looks_right(
    site: Site, page: Any, world: World, check_accessible: Check, shoot: Shoot
) -> None:
    open_as(page, site, world, world.partner_email, NOTICES)
    check_accessible(page)
    shoot(page, "partner-notices-none")
    numbers = [pay(world, cents, at=clock.now()) for cents in (900, 1_250, 300)]
    with world.inside():
        services.cancel(
            actor=world.platform, key=payment(world, 1).key, number=numbers[1], now=clock.now()
        )
    page.goto(site.url(world.host, NOTICES))
    check_accessible(page)
    shoot(page, "partner-notices")
    page.get_by_role("button", name="Tout marquer comme lu").click()
    page.get_by_text("Vos nouveautés sont marquées comme lues.").wait_for()
    pay(world, 600, at=clock.now())
    page.reload()
    check_accessible(page)
    shoot(page, "partner-notices-one")
    with world.inside():
        asked = [payment(world, 1) for _ in range(120)]
        services.accept(actor=world.beneficiary, requests=asked, now=clock.now())
    page.goto(site.url(world.host, "/partner/"))
    bell(page, "plus de 99 non lues").wait_for()
    check_accessible(page)
    shoot(page, "partner-bell-many")
