"""The sample of docs/accessibility.md, walked at every version; axe looks at pages elsewhere."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tessere.foundation import clock
from tests.e2e import audit
from tests.e2e.beneficiary_pages import HOME, open_as_beneficiary, partner_qr_path
from tests.e2e.partner_pages import make_voucher, open_as
from tests.factories.world import World
from tests.plugins.site import Site
from tests.portals.partner.stories import pay

pytestmark = [pytest.mark.usefixtures("committing"), pytest.mark.conformance("S1-153")]

VISITOR = (
    "/",
    "/sign-in/partner/",
    "/sign-in/beneficiary/",
    "/partners/",
    "/help/",
    "/help/write/",
    "/legal/accessibility/",
    "/nowhere/",
)


class Walk:
    """Goes from page to page, and notes what is wrong on each."""

    def __init__(self, site: Site, world: World, page: Any) -> None:
        self._address = site.url(world.host, "")
        self.page = page
        self.found: list[str] = []
        self.titles: dict[str, str] = {}

    def to(self, path: str) -> None:
        """Open a page and look at it."""
        self.page.goto(self._address + path)
        self.look()

    def press(self, name: str) -> None:
        """Send the form that this button ends, and look at the answer."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()
        self.look()

    def look(self) -> None:
        """Look at the page that is open."""
        where = self.page.url.removeprefix(self._address)
        self.found += [f"{where}: {fault}" for fault in audit.faults(self.page)]
        first = self.titles.setdefault(self.page.title(), where)
        if first != where:
            self.found.append(f"{where}: has the title of {first}")


@pytest.fixture
def walk(site: Site, world: World, page: Any) -> Iterator[Walk]:
    walking = Walk(site, world, page)
    yield walking
    assert not walking.found, "\n".join(walking.found)


def test_a_visitor(walk: Walk) -> None:
    for path in VISITOR:
        walk.to(path)
    walk.page.goto(walk.page.url.replace("/nowhere/", "/register/"))
    walk.press("Envoyer ma demande")


def test_a_partner(walk: Walk, site: Site, world: World) -> None:
    for _ in range(3):
        pay(world, 250, at=clock.now())
    page = walk.page
    open_as(page, site, world, world.partner_email)
    walk.look()
    page.get_by_label("Numéro du bon").fill("2DZHB6P2X")
    walk.press("Valider")
    page.get_by_label("Numéro du bon").fill(make_voucher(world))
    walk.press("Valider")
    for path in ("/partner/notices/", "/partner/qr/", "/partner/operations/"):
        walk.to(path)
    page.locator("td.c-sel input").first.check(force=True)
    walk.look()
    with page.expect_navigation():
        page.locator("td.c-num a").first.click()
    walk.look()
    with page.expect_navigation():
        page.get_by_role("link", name="Annuler l’opération").click()
    walk.look()


def test_a_beneficiary(walk: Walk, site: Site, world: World) -> None:
    page = walk.page
    open_as_beneficiary(page, site, world)
    number = make_voucher(world)
    walk.look()
    page.goto(site.url(world.host, f"{HOME}pay/"))
    page.get_by_text("La caméra n’est pas disponible").wait_for()
    walk.look()
    walk.to(partner_qr_path(world))
    page.locator("label.choice").first.click()
    page.get_by_label("Montant").fill("400")
    walk.press("Vérifier")
    page.get_by_label("Montant").fill("88")
    walk.press("Vérifier")
    page.get_by_role("button", name="Payer").click()
    page.wait_for_url("**/receipt/**")
    walk.look()
    new, purse = f"{HOME}vouchers/new/", f"?purse={world.theatre_purse_id}"
    for path in (f"{HOME}vouchers/", f"{HOME}vouchers/{number}/", new, new + purse):
        walk.to(path)
    walk.to(f"{new}{purse}&partner={world.partner_id}&key={uuid4()}")


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("document.querySelector('h1').outerHTML = '<h3>Accueil</h3>'", "0 headings of level 1"),
        ("document.querySelector('.btn').tabIndex = 5", "comes before"),
        ("document.querySelector('.btn').style.boxShadow = 'none'", "no focus to be seen"),
        ("document.querySelector('h1').className = 'nowrap'", "320 px: "),
    ],
)
def test_the_walk_sees_what_is_wrong(
    site: Site, world: World, page: Any, damage: str, fault: str
) -> None:
    page.goto(site.url(world.host, "/"))
    page.evaluate(damage)
    assert fault in "\n".join(audit.faults(page))


def test_a_menu_closes_with_escape(site: Site, world: World, page: Any) -> None:
    open_as(page, site, world, world.partner_email)
    menu, entry = page.locator("details.who"), page.get_by_role("link", name="mot de passe")
    menu.locator("summary").press("Enter")
    page.keyboard.press("Tab")
    assert entry.evaluate("link => link === document.activeElement")
    page.keyboard.press("Escape")
    assert not entry.is_visible()
    assert menu.locator("summary").evaluate("words => words === document.activeElement")
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert not entry.is_visible()
