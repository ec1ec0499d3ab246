"""REMBOURSEMENTS and MES EXPORTS, before there is anything in them."""

import pytest

from tests.factories.world import World
from tests.portals.partner.stories import pay
from tests.portals.people import read, signed_in

pytestmark = pytest.mark.django_db


def test_reimbursements_say_how_much_and_when(world: World) -> None:
    pay(world, 1_234)
    words = read(signed_in(world, world.partner_email).get("/partner/reimbursements/"))
    assert "À rembourser 12,34 € Opérations en attente 1" in words
    assert "le remboursement se fait le 30 juin 2026" in words
    assert "dans un délai de 7 jours, au plus tard le 7 juillet 2026" in words
    assert "Aucune demande de remboursement pour le moment" in words


def test_exports_say_that_there_are_none(world: World) -> None:
    words = read(signed_in(world, world.partner_email).get("/partner/exports/"))
    assert "Mes exports" in words and "Aucun export pour le moment" in words
