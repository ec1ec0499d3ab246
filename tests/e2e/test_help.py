"""The help pages in browsers: as wide as the window, whole without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.world import World
from tests.plugins.site import Site

pytestmark = pytest.mark.usefixtures("committing")
PAGES = {
    "overview": "/help/",
    "guide": "/help/guide/",
    "write": "/help/write/",
    "written": "/help/write/sent/",
    "install": "/help/install/",
    "browsers": "/help/browsers/",
    "notice": "/legal/notice/",
    "data": "/legal/data/",
    "accessibility": "/legal/accessibility/",
}


def test_help_pages(site: Site, page: Any, world: World, shoot: Callable[[Any, str], None]) -> None:
    for name, path in PAGES.items():
        page.goto(site.url(world.host, path))
        shoot(page, f"help-{name}")


def test_the_guide_is_reached_by_keyboard_without_javascript(
    site: Site, new_page: Callable[..., Any], world: World
) -> None:
    page = new_page(javascript=False, width=360)
    page.goto(site.url(world.host, "/"))
    page.get_by_role("contentinfo").get_by_role("link", name="Aide et contact").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/help/")
    page.get_by_role("link", name="Guide des partenaires").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/help/guide/")
    picture = page.get_by_role("img", name="Page de connexion")
    assert picture.evaluate("image => image.complete && image.naturalWidth") == 640
