"""A number drawn at random that is taken already is drawn again; nobody notices."""

from uuid import uuid4

import pytest

from tessere.domains.passes import services as passes
from tessere.domains.passes import vouchers
from tessere.domains.redemptions import acceptance, queries
from tests.factories.world import NOON, make_world
from tests.invariants.test_races import check_books, make_voucher, pay


@pytest.mark.parametrize("drawer", ["make_number", "make_barcode"])
def test_an_operation_is_numbered_again(
    committing: None, monkeypatch: pytest.MonkeyPatch, drawer: str
) -> None:
    world = make_world()
    first = pay(world, 100)
    with world.inside():
        taken = queries.redemption_of_partner(partner_id=world.partner_id, number=first.number)
    draw = getattr(acceptance, drawer)
    taken_text = taken.redemption.number if drawer == "make_number" else taken.redemption.barcode
    drawn = iter([taken_text])
    monkeypatch.setattr(acceptance, drawer, lambda: next(drawn, None) or draw())
    second = pay(world, 100)
    assert second.number != first.number
    assert world.purse().spent_cents == 200
    check_books(world)


def test_a_bon_is_numbered_again(committing: None, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    first = make_voucher(world, 100)
    draw = vouchers.make_number
    drawn = iter([first])
    monkeypatch.setattr(vouchers, "make_number", lambda: next(drawn, None) or draw())
    with world.inside():
        second = passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=100,
            now=NOON,
        )
    assert second != first
    assert world.purse().held_cents == 200
    check_books(world)
