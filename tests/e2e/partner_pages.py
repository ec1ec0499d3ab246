"""Signing in and accepting, as a person does it in a browser."""

from typing import Any
from uuid import uuid4

from tessere.domains.passes import services as passes
from tessere.foundation.clock import now
from tests.factories.world import PASSWORD, World
from tests.plugins.site import Site


def open_as(page: Any, site: Site, world: World, email: str, path: str = "/partner/") -> None:
    """Open a page of the partners' portal, signing in on the way."""
    page.goto(site.url(world.host, path))
    page.get_by_label("Adresse email").fill(email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(site.url(world.host, path))


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
