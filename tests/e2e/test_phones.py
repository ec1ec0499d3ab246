"""A full payment on the two kinds of telephone, as far as a desktop's Chromium can play them.

What only real telephones show is on the list of docs/runbooks/telephones.md (decision D19).
"""

from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.beneficiary_pages import HOME, open_as_beneficiary
from tests.e2e.partner_pages import make_voucher, open_as
from tests.factories.world import World
from tests.plugins.site import Site

pytestmark = pytest.mark.usefixtures("committing")
PHONES = ("iPhone SE", "iPhone 15", "Galaxy S9+", "Pixel 7")


@pytest.fixture
def phone(request: pytest.FixtureRequest, playwright: Any, new_page: Callable[..., Any]) -> Any:
    """A page with the size, the touch and the name of a telephone."""
    played = {
        name: value
        for name, value in playwright.devices[request.param].items()
        if name not in {"default_browser_type", "viewport"}
    }
    page = new_page(**played)
    page.set_viewport_size(playwright.devices[request.param]["viewport"])
    return page


@pytest.mark.conformance("S1-57")
@pytest.mark.parametrize("phone", PHONES, indirect=True)
def test_paying_with_the_finger(site: Site, phone: Any, world: World) -> None:
    open_as_beneficiary(phone, site, world)
    phone.get_by_role("link", name="Utiliser").first.tap()
    phone.get_by_role("textbox", name="code partenaire").fill(world.partner_code)
    phone.get_by_role("button", name="Continuer").tap()
    phone.get_by_label("Montant").fill("9")
    phone.get_by_role("button", name="Vérifier").tap()
    phone.get_by_role("button", name="Payer").tap()
    phone.wait_for_url("**/receipt/**")
    assert "9,00" in phone.locator(".receipt__sum").inner_text()
    wide = phone.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    phone.get_by_role("link", name="Terminé").tap()
    phone.wait_for_url(f"**{HOME}")


@pytest.mark.conformance("S1-57")
@pytest.mark.parametrize("phone", ["iPhone SE", "Pixel 7"], indirect=True)
def test_accepting_a_bon_with_the_finger(site: Site, phone: Any, world: World) -> None:
    number = make_voucher(world)
    open_as(phone, site, world, world.cashier_email)
    phone.get_by_label("Numéro du bon").fill(number)
    phone.get_by_role("button", name="Valider").tap()
    phone.wait_for_url("**/accepted/**")
    assert "9,00" in phone.locator("main").inner_text()
