"""A browser in which somebody of a structure has signed in, and what they find there."""

from typing import Any
from uuid import uuid4

from tessere.domains.passes import services as passes
from tessere.foundation.clock import now
from tests.factories.world import World
from tests.plugins.site import Site
from tests.portals.people import signed_in


def enter(page: Any, world: World, email: str, *, door: str) -> None:
    """Give a browser the session of somebody who has signed in: the doors have their own tests."""
    cookies = signed_in(world, email, door=door).cookies
    page.context.add_cookies(
        [
            {"name": name, "value": morsel.value, "domain": world.host, "path": "/"}
            for name, morsel in cookies.items()
        ]
    )


def open_as(page: Any, site: Site, world: World, email: str, path: str = "/partner/") -> None:
    """Open a page of the partners' portal as somebody of a structure."""
    enter(page, world, email, door="partner")
    page.goto(site.url(world.host, path))
    assert page.url == site.url(world.host, path)


def make_voucher(world: World, cents: int = 900) -> str:
    """A bon of the beneficiary for the first partner."""
    with world.inside():
        return passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=cents,
            now=now(),
        )


def open_link(page: Any, site: Site, world: World) -> None:
    """Follow the link of the mail that has just come to the local inbox."""
    link = page.locator("a[href*='/password/']")
    for _ in range(20):
        page.goto(site.url(world.host, "/inbox/"))
        if link.count():
            break
        page.wait_for_timeout(500)
    page.goto(link.first.get_attribute("href"))
