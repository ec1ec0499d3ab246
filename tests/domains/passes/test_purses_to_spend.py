"""What can be spent, where, and what stands in the way: the reasons of the acceptance itself."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from tessere.domains.partners import queries as partners
from tessere.domains.partners import steps as partners_steps
from tessere.domains.partners.types import AgreementNotInForce, AgreementStatus, NoAgreement
from tessere.domains.passes import queries
from tessere.domains.passes.types import BalanceTooLow, VoucherRecord, VoucherStatus
from tests.factories.world import NOON, World

pytestmark = pytest.mark.django_db


def reasons(world: World, partner_id: int | None) -> dict[int, type | None]:
    with world.inside():
        partner = partners.partner_by_id(partner_id=partner_id) if partner_id else None
        choices = queries.purses_to_spend(
            beneficiary_ids=world.beneficiary.beneficiary_ids, partner=partner, now=NOON
        )
    return {one.purse.id: type(one.refusal) if one.refusal else None for one in choices}


def test_each_purse_has_its_own_reason(world: World) -> None:
    theatre, tennis = world.theatre_purse_id, world.tennis_purse_id
    assert reasons(world, None) == {theatre: None, tennis: BalanceTooLow}
    assert reasons(world, world.partner_id) == {theatre: None, tennis: BalanceTooLow}
    assert reasons(world, world.other_partner_id) == {theatre: NoAgreement, tennis: BalanceTooLow}
    with world.inside(), transaction.atomic():
        partners_steps.set_agreement_status(
            agreement_id=world.agreement_id, status=AgreementStatus.SUSPENDED, on=date(2026, 6, 1)
        )
    assert set(reasons(world, world.partner_id).values()) == {AgreementNotInForce}


def test_outside_the_vintage_there_is_nothing_to_choose(world: World) -> None:
    with world.inside():
        assert not queries.purses_to_spend(
            beneficiary_ids=world.beneficiary.beneficiary_ids,
            partner=None,
            now=NOON - timedelta(days=365),
        )


@pytest.mark.parametrize(
    ("status", "day", "then"),
    [
        (VoucherStatus.ISSUED, date(2026, 7, 16), VoucherStatus.ISSUED),
        (VoucherStatus.ISSUED, date(2026, 7, 17), VoucherStatus.EXPIRED),
        (VoucherStatus.REDEEMED, date(2026, 7, 17), VoucherStatus.REDEEMED),
        (VoucherStatus.CANCELLED, date(2026, 7, 17), VoucherStatus.CANCELLED),
    ],
)
def test_a_bon_is_expired_from_the_day_after_its_last(
    status: VoucherStatus, day: date, then: VoucherStatus
) -> None:
    voucher = VoucherRecord(
        id=1,
        number="2DZHB6P2K",
        purse_id=1,
        partner_id=1,
        amount_cents=900,
        status=status,
        issued_at=NOON,
        last_day=date(2026, 7, 16),
        ended_at=None,
    )
    assert voucher.status_on(day) is then
