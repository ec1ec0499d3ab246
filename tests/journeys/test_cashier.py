"""The cashier's day: accept and see the operations, and nothing else of the structure."""

from uuid import uuid4

import pytest

from tessere.domains.passes import services as passes
from tessere.foundation import clock
from tests.factories.world import make_world
from tests.portals.people import read, signed_in

CLOSED_TO_A_CASHIER = (
    "/partner/reimbursements/",
    "/partner/agreements/",
    # The bank account and the users of a structure belong to its record.
    "/partner/structure/",
    "/partner/exports/",
)


@pytest.mark.django_db
@pytest.mark.conformance("S1-54")
def test_a_cashier_accepts_and_sees_nothing_of_the_money() -> None:
    world = make_world()
    with world.inside():
        number = passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=900,
            now=clock.now(),
        )
    cashier = signed_in(world, world.cashier_email)
    administrator = signed_in(world, world.partner_email)
    for path in CLOSED_TO_A_CASHIER:
        assert cashier.get(path).status_code == 403, path
        assert administrator.get(path).status_code == 200, path
        assert path not in cashier.get("/partner/").content.decode()
    accepted = cashier.post("/partner/accept/", {"key": str(uuid4()), "number": number})
    assert accepted.status_code == 303
    assert "9,00 €" in read(cashier.get(accepted["Location"]))
    assert world.purse().spent_cents == 900
