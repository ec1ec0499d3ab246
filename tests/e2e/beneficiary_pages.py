"""Signing in and paying, as a person does it in a browser."""

from typing import Any

from django.db import transaction

from tessere.domains.beneficiaries import steps as beneficiaries
from tessere.domains.beneficiaries.types import Relation
from tessere.domains.passes import steps as passes
from tessere.foundation.codes import partner_code_check
from tests.factories.world import NOON, PASSWORD, World
from tests.plugins.site import Site

HOME = "/beneficiary/"


def open_as_beneficiary(page: Any, site: Site, world: World, path: str = HOME) -> None:
    """Open a page of the beneficiaries' portal, signing in on the way."""
    page.goto(site.url(world.host, path))
    page.get_by_label("Adresse email").fill(world.beneficiary_email)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"**{path}")


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
