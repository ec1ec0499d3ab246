"""The cashier's day: accept and see the operations, and nothing else of the structure."""

from uuid import uuid4

import pytest

from tessere.domains.passes import services as passes
from tessere.foundation import clock
from tests.factories.world import make_world
from tests.portals.partner.stories import pay
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


@pytest.mark.django_db
@pytest.mark.conformance("S1-54")
def test_a_cashier_cancels_nothing_and_is_told_who_does() -> None:
    world = make_world()
    number = pay(world, 900, at=clock.now())
    path = f"/partner/operations/{number}/"
    cashier = signed_in(world, world.cashier_email)
    administrator = signed_in(world, world.partner_email)
    for refused in (
        cashier.get(f"{path}cancel/"),
        cashier.post(f"{path}cancel/", {"key": str(uuid4())}),
    ):
        assert refused.status_code == 403
        assert "administrateur de votre structure" in read(refused)
    assert world.purse().spent_cents == 900
    for page in ("/partner/operations/", path, f"/partner/accepted/{number}/"):
        assert "/cancel/" not in cashier.get(page).content.decode(), page
        assert f"{path}cancel/" in administrator.get(page).content.decode(), page
    who = "Une erreur ? Un administrateur de votre structure peut annuler cette opération."
    for page in (path, f"/partner/accepted/{number}/"):
        assert who in read(cashier.get(page)) and who not in read(administrator.get(page))
    assert administrator.post(f"{path}cancel/", {"key": str(uuid4())}).status_code == 303
    assert world.purse().spent_cents == 0
