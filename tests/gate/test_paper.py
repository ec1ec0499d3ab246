"""A document is drawn after its page was read: it keeps neither transaction nor connection."""

import pytest
from django.db import connection

from tests.factories.world import World
from tests.portals.partner.stories import make_voucher
from tests.portals.people import signed_in

pytestmark = pytest.mark.usefixtures("committing")


@pytest.mark.parametrize("paper", ["bon", "affiche"])
def test_nothing_is_held_while_a_document_is_drawn(
    world: World, monkeypatch: pytest.MonkeyPatch, paper: str
) -> None:
    drawn: list[tuple[bool, bool]] = []

    def draw(**_page: object) -> bytes:
        drawn.append((connection.in_atomic_block, connection.connection is not None))
        return b"%PDF-"

    monkeypatch.setattr("tessere.adapters.pdf.render_pdf", draw)
    if paper == "bon":
        client = signed_in(world, world.beneficiary_email, door="beneficiary")
        answer = client.get(f"/beneficiary/vouchers/{make_voucher(world)}/print/")
    else:
        answer = signed_in(world, world.partner_email).get("/partner/qr/poster.pdf")
    assert drawn == [(False, False)]
    assert answer.content == b"%PDF-"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith(f'inline; filename="{paper}-')
