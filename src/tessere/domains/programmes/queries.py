from datetime import date

from tessere.domains.programmes.models import Benefit, Programme, Vintage
from tessere.domains.programmes.rules import runs_ahead
from tessere.domains.programmes.types import (
    BenefitRecord,
    ReimbursementTerms,
    VintageRecord,
    VintageStatus,
)
from tessere.foundation.use_case import reading


def vintage_record(vintage: Vintage) -> VintageRecord:
    """The record of a vintage whose programme is already loaded."""
    programme = vintage.programme
    return VintageRecord(
        id=vintage.pk,
        programme_id=programme.pk,
        label=vintage.label,
        starts_on=vintage.starts_on,
        ends_on=vintage.ends_on,
        status=VintageStatus(vintage.status),
        fund_account_id=vintage.fund_account_id,
        programme_name=programme.name,
        authority_id=programme.authority_id,
        voucher_days=programme.voucher_days,
    )


def benefit_record(benefit: Benefit) -> BenefitRecord:
    """The record of a benefit whose theme is already loaded."""
    return BenefitRecord(
        id=benefit.pk,
        name=benefit.name,
        theme_name=benefit.theme.name,
        icon=benefit.theme.icon,
        tile=benefit.theme.tile,
        amount_cents=benefit.amount_cents,
    )


def reimbursement_terms(programme: Programme, *, today: date) -> ReimbursementTerms:
    """When a programme reimburses what was accepted until today."""
    return ReimbursementTerms(
        programme_id=programme.pk,
        programme_name=programme.name,
        payment_days=programme.payment_days,
        runs=runs_ahead(day=programme.reimbursement_day, today=today),
    )


@reading
def voucher_days(*, programme_id: int) -> int:
    """For how many days a bon of this programme is valid."""
    return Programme.objects.values_list("voucher_days", flat=True).get(pk=programme_id)
