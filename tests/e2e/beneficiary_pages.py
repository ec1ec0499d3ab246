"""A browser in which a beneficiary has signed in, and what they find there."""

from typing import Any

from django.db import transaction

from tessere.domains.beneficiaries import steps as beneficiaries
from tessere.domains.beneficiaries.types import Relation
from tessere.domains.passes import steps as passes
from tessere.foundation.codes import partner_code_check
from tests.e2e.partner_pages import enter
from tests.factories.world import NOON, World
from tests.plugins.site import Site

HOME = "/beneficiary/"


def open_as_beneficiary(page: Any, site: Site, world: World, path: str = HOME) -> None:
    """Open a page of the beneficiaries' portal as the beneficiary."""
    enter(page, world, world.beneficiary_email, door="beneficiary")
    page.goto(site.url(world.host, path))
    assert page.url == site.url(world.host, path)


def partner_qr_path(world: World) -> str:
    """The page that the first partner's QR code opens."""
    return f"{HOME}p/{world.partner_code}/{partner_code_check(world.partner_code)}/"


def add_brother(world: World) -> int:
    """Noé, for whom Lina's account acts too, with a pass of his own; gives his theatre purse."""
    with world.inside(), transaction.atomic():
        noe = beneficiaries.register(first_name="Noé", last_name="Besnard", email="", now=NOON)
        beneficiaries.give_account(
            beneficiary_id=noe, user_id=world.beneficiary_user_id, relation=Relation.GUARDIAN
        )
        purses = passes.issue_pass(
            beneficiary_id=noe,
            vintage_id=world.vintage_id,
            benefit_ids=[world.theatre_id, world.tennis_id],
            now=NOON,
        )
    world.grant(6_000, purse_id=purses[world.theatre_id])
    return purses[world.theatre_id]
