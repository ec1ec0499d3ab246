from datetime import date, timedelta

from tessere.domains.programmes.models import Benefit, Programme, Vintage
from tessere.domains.programmes.rules import next_run
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
    """When a programme reimburses what is accepted today."""
    run = next_run(day=programme.reimbursement_day, today=today)
    return ReimbursementTerms(
        programme_name=programme.name,
        payment_days=programme.payment_days,
        next_run=run,
        paid_by=run + timedelta(days=programme.payment_days),
    )


@reading
def vintages() -> list[VintageRecord]:
    """All vintages of the tenant, newest first."""
    found = Vintage.objects.select_related("programme").order_by("-starts_on", "-pk")
    return [vintage_record(vintage) for vintage in found]


@reading
def benefits_of(*, vintage_id: int) -> list[BenefitRecord]:
    """The e-coupons of a vintage, by name."""
    found = Benefit.objects.filter(vintage_id=vintage_id).select_related("theme").order_by("name")
    return [benefit_record(benefit) for benefit in found]


@reading
def voucher_days(*, programme_id: int) -> int:
    """For how many days a bon of this programme is valid."""
    return Programme.objects.values_list("voucher_days", flat=True).get(pk=programme_id)
