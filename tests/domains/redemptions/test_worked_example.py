"""The worked example of docs/algorithms/acceptance.md, read from the document and replayed."""

import re
from pathlib import Path
from uuid import uuid4

import pytest

from tessere.domains.passes import services as passes
from tessere.domains.redemptions import queries, services
from tessere.domains.redemptions.types import Accepted, Channel, Payment, VoucherAcceptance
from tests.factories.world import NOON, make_world

DOCUMENT = Path(__file__).parents[3] / "docs" / "algorithms" / "acceptance.md"


def table() -> list[tuple[str, list[int]]]:
    text = DOCUMENT.read_text().partition("## Worked example")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \|((?: \d+ \|){5})$", text, re.MULTILINE)
    return [(step, [int(cell) for cell in re.findall(r"\d+", cells)]) for step, cells in rows]


@pytest.mark.django_db
def test_the_document_is_true() -> None:
    world = make_world(granted_cents=0)
    bon: dict[str, str] = {}

    def pay(cents: int):
        with world.inside():
            [outcome] = services.accept(
                actor=world.beneficiary,
                requests=[
                    Payment(
                        key=uuid4(),
                        channel=Channel.PARTNER_CODE,
                        purse_id=world.theatre_purse_id,
                        partner_id=world.partner_id,
                        amount_cents=cents,
                    )
                ],
                now=NOON,
            )
        return outcome

    def make_bon() -> None:
        with world.inside():
            bon["number"] = passes.create_voucher(
                actor=world.beneficiary,
                key=uuid4(),
                purse_id=world.theatre_purse_id,
                partner_id=world.partner_id,
                amount_cents=900,
                now=NOON,
            )

    def pay_four() -> None:
        bon["paid"] = pay(400).number

    def redeem() -> None:
        request = VoucherAcceptance(key=uuid4(), number=bon["number"], partner_id=world.partner_id)
        with world.inside():
            [outcome] = services.accept(actor=world.partner, requests=[request], now=NOON)
        assert isinstance(outcome, Accepted)

    def cancel() -> None:
        with world.inside():
            services.cancel(actor=world.partner, key=uuid4(), number=bon["paid"], now=NOON)

    def refused() -> None:
        assert "11,00" in pay(1_200).refusal.words()

    steps = [lambda: world.grant(2_000), make_bon, refused, pay_four, redeem, cancel]
    rows = table()
    assert len(rows) == len(steps)
    for (step, expected), act in zip(rows, steps, strict=True):
        act()
        purse = world.purse()
        with world.inside():
            totals = queries.totals_of_partner(partner_id=world.partner_id, now=NOON)
        assert [
            purse.granted_cents,
            purse.held_cents,
            purse.spent_cents,
            purse.available_cents,
            totals.waiting_cents,
        ] == expected, step
