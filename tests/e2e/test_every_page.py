"""Every page that there is an address for: nothing for axe to find, and a page without script too.

The addresses come from the table itself, so that a new page is in at once.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tessere.foundation.clock import now
from tests.e2e.beneficiary_pages import open_as_beneficiary
from tests.e2e.partner_pages import open_as
from tests.factories.world import World
from tests.journeys.pages import everybody, known, paths
from tests.plugins.site import Site
from tests.portals.partner.stories import make_voucher, pay

pytestmark = pytest.mark.usefixtures("committing")

NewPage = Callable[..., Any]
# How many pages there are at least, and how wide the window is that most people have.
PORTALS = {"/": (18, 360), "/partner/": (12, 1280), "/beneficiary/": (10, 360)}


def enter(page: Any, site: Site, world: World, portal: str) -> None:
    if portal == "/partner/":
        open_as(page, site, world, world.partner_email)
    elif portal == "/beneficiary/":
        open_as_beneficiary(page, site, world)


def pages(world: World, portal: str) -> Iterator[str]:
    """The addresses that answer with a whole page; parts, files and streams are left out."""
    moment = now()
    values = known(world, number=pay(world, at=moment), voucher=make_voucher(world, now=moment))
    own = set(paths(values, under=portal))
    for client, path in everybody(world, values):
        if path in own and not path.endswith("/live/") and "/gallery/" not in path:
            answer = client.get(path)
            if answer.status_code == 200 and b"<html" in answer.content[:200]:
                yield path


@pytest.mark.conformance("S1-153")
@pytest.mark.parametrize("portal", PORTALS)
def test_axe_finds_nothing_on_any_page(
    site: Site,
    new_page: NewPage,
    world: World,
    check_accessible: Callable[[Any], None],
    portal: str,
) -> None:
    least, width = PORTALS[portal]
    page = new_page(width=width)
    enter(page, site, world, portal)
    checked = 0
    for path in pages(world, portal):
        page.goto(site.url(world.host, path))
        check_accessible(page)
        checked += 1
    assert checked >= least


@pytest.mark.parametrize("portal", PORTALS)
def test_every_page_speaks_without_script(
    site: Site, new_page: NewPage, world: World, portal: str
) -> None:
    page = new_page(javascript=False, width=360)
    enter(page, site, world, portal)
    for path in pages(world, portal):
        page.goto(site.url(world.host, path))
        assert page.locator("h1").first.is_visible(), path
        scripted = page.locator("[data-scripted]:visible, noscript:visible")
        assert not scripted.count(), path
