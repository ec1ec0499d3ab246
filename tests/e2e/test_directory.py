"""The directory in a browser, with and without scripts."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.world import make_world
from tests.plugins.site import Site

Check = Callable[[Any], None]
Shoot = Callable[[Any, str], None]
pytestmark = pytest.mark.usefixtures("committing")


@pytest.mark.conformance("S1-48")
@pytest.mark.parametrize("javascript", [True, False])
def test_a_resident_finds_a_structure(
    site: Site, new_page: Any, check_accessible: Check, shoot: Shoot, javascript: bool
) -> None:
    world = make_world()
    page = new_page(javascript=javascript)
    page.goto(site.url(world.host, "/"))
    page.get_by_role("link", name="Où l’utiliser").click()
    page.wait_for_url("**/partners/")
    page.get_by_label("Que cherchez-vous").fill("theatre")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=theatre**")
    if javascript:
        check_accessible(page)
        shoot(page, "public-directory")
    page.get_by_role("link", name="Compagnie des Trois-Ponts").click()
    page.wait_for_url(f"**/partners/{world.partner_code}/")
    assert "12, rue des Lavandières" in page.inner_text("main")
    if javascript:
        check_accessible(page)
        shoot(page, "public-directory-partner")
