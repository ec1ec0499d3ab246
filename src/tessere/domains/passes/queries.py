from datetime import date, datetime
from typing import Any

from django.db.models import Sum

from tessere.domains.beneficiaries import queries as beneficiaries
from tessere.domains.ledger import queries as ledger
from tessere.domains.partners import queries as partners
from tessere.domains.partners.steps import agreement_refusal, terms_for
from tessere.domains.partners.types import PartnerRecord
from tessere.domains.passes.models import ExchangeVoucher, Grant, Pass, Purse
from tessere.domains.passes.rules import balance_refusal, vintage_refusal
from tessere.domains.passes.types import (
    PassRecord,
    PurseChoice,
    PurseRecord,
    PurseTerms,
    VoucherDetail,
    VoucherNotFound,
    VoucherRecord,
    VoucherStatus,
)
from tessere.domains.programmes import queries as programmes
from tessere.foundation.db.text import holds_words
from tessere.foundation.errors import Refusal
from tessere.foundation.sealing import proof_of
from tessere.foundation.tenancy import required_tenant_id
from tessere.foundation.use_case import reading


def _purses() -> Any:
    return Purse.objects.select_related(
        "holder_pass__beneficiary", "holder_pass__vintage__programme", "benefit__theme"
    )


def purse_record(purse: Purse) -> PurseRecord:
    """The record of a purse loaded with its owners."""
    person = purse.holder_pass.beneficiary
    return PurseRecord(
        id=purse.pk,
        pass_id=purse.holder_pass_id,
        beneficiary=beneficiaries.record(person),
        benefit=programmes.benefit_record(purse.benefit),
        vintage=programmes.vintage_record(purse.holder_pass.vintage),
        granted_cents=purse.granted_cents,
        held_cents=purse.held_cents,
        spent_cents=purse.spent_cents,
        purse_account_id=purse.purse_account_id,
        held_account_id=purse.held_account_id,
        mail_to=person.email if person.wants_mail else "",
    )


def voucher_record(voucher: ExchangeVoucher) -> VoucherRecord:
    """The record of a bon."""
    return VoucherRecord(
        id=voucher.pk,
        number=voucher.number,
        purse_id=voucher.purse_id,
        partner_id=voucher.partner_id,
        amount_cents=voucher.amount_cents,
        status=VoucherStatus(voucher.status),
        issued_at=voucher.issued_at,
        last_day=voucher.last_day,
        ended_at=voucher.ended_at,
    )


def _details(vouchers: Any) -> list[VoucherDetail]:
    found = list(vouchers.select_related("partner"))
    purses = {
        purse.pk: purse_record(purse)
        for purse in _purses().filter(pk__in={voucher.purse_id for voucher in found})
    }
    return [
        VoucherDetail(
            voucher=voucher_record(voucher),
            purse=purses[voucher.purse_id],
            partner=partners.partner_record(voucher.partner),
        )
        for voucher in found
    ]


def voucher_proof(*, number: str) -> str:
    """What the QR code of a bon holds beside its number, to tell it from a guess."""
    return proof_of(purpose="voucher", text=f"{required_tenant_id()}:{number}")


@reading
def passes_of(*, beneficiary_ids: frozenset[int]) -> list[PassRecord]:
    """The passes of these people with their purses, newest vintage first."""
    holder_passes = (
        Pass.objects.filter(beneficiary_id__in=beneficiary_ids)
        .select_related("beneficiary", "vintage__programme")
        .order_by("-vintage__starts_on", "beneficiary_id", "pk")
    )
    purses: dict[int, list[PurseRecord]] = {}
    wanted = _purses().filter(holder_pass__beneficiary_id__in=beneficiary_ids)
    for purse in wanted.order_by("benefit__name", "pk"):
        purses.setdefault(purse.holder_pass_id, []).append(purse_record(purse))
    return [
        PassRecord(
            id=one.pk,
            beneficiary=beneficiaries.record(one.beneficiary),
            vintage=programmes.vintage_record(one.vintage),
            purses=tuple(purses.get(one.pk, [])),
        )
        for one in holder_passes
    ]


@reading
def purses_to_spend(
    *, beneficiary_ids: frozenset[int], partner: PartnerRecord | None, now: datetime
) -> list[PurseChoice]:
    """The purses of these people that are open today, each with what stands in its way.

    It is judged for one structure, or without one for any that would accept the e-coupon.
    """
    purses = [
        purse
        for one in passes_of(beneficiary_ids=beneficiary_ids)
        if vintage_refusal(vintage=one.vintage, now=now) is None
        for purse in one.purses
    ]
    terms = (
        terms_for(partner_ids={partner.id}, benefit_ids={purse.benefit.id for purse in purses})
        if partner
        else []
    )

    def refusal_of(purse: PurseRecord) -> Refusal | None:
        unagreed = partner and agreement_refusal(
            terms=terms, partner=partner, benefit=purse.benefit, vintage=purse.vintage
        )
        return unagreed or amount_refusal(purse=purse, amount_cents=1)

    return [PurseChoice(purse=purse, refusal=refusal_of(purse)) for purse in purses]


def amount_refusal(*, purse: PurseTerms, amount_cents: int) -> Refusal | None:
    """Why this amount cannot be taken from a purse as it was read, if so."""
    return balance_refusal(purse=purse, amount_cents=amount_cents)


@reading
def purses_by_id(*, purse_ids: set[int]) -> dict[int, PurseRecord]:
    """Purses with their owners, by id."""
    return {purse.pk: purse_record(purse) for purse in _purses().filter(pk__in=purse_ids)}


def purse_ids_of_people_named(*, words: str) -> Any:
    """The ids of the purses of people whose name holds each of the words: a part of a query."""
    named = holds_words("holder_pass__beneficiary__folded_name", words)
    return Purse.objects.filter(named).values("pk")


@reading
def vouchers_of(*, beneficiary_ids: frozenset[int]) -> list[VoucherDetail]:
    """The bons of these people: those still to use first, then the newest."""
    vouchers = ExchangeVoucher.objects.filter(
        purse__holder_pass__beneficiary_id__in=beneficiary_ids
    ).order_by("-issued_at", "-pk")
    return sorted(
        _details(vouchers),
        key=lambda detail: detail.voucher.status is not VoucherStatus.ISSUED,
    )


@reading
def voucher_of(*, beneficiary_ids: frozenset[int], number: str) -> VoucherDetail:
    """One bon of these people by its number; VoucherNotFound for anybody else's."""
    details = _details(
        ExchangeVoucher.objects.filter(
            number=number, purse__holder_pass__beneficiary_id__in=beneficiary_ids
        )
    )
    if not details:
        raise VoucherNotFound
    return details[0]


@reading
def vouchers_waiting(*, partner_id: int) -> list[str]:
    """Numbers of the bons that a structure may still accept, oldest first."""
    vouchers = ExchangeVoucher.objects.filter(partner_id=partner_id, status=VoucherStatus.ISSUED)
    return list(vouchers.order_by("pk").values_list("number", flat=True))


@reading
def vouchers_past(*, today: date, limit: int = 500) -> list[str]:
    """Numbers of bons whose last day is over and that still hold their value, oldest first."""
    vouchers = ExchangeVoucher.objects.filter(status=VoucherStatus.ISSUED, last_day__lt=today)
    return list(vouchers.order_by("last_day", "pk").values_list("number", flat=True)[:limit])


@reading
def first_wrong_purse() -> str | None:
    """The first purse whose available or held cents differ from its accounts' transfers."""
    balances = ledger.balances()
    for purse in Purse.objects.order_by("pk").iterator():
        available = purse.granted_cents - purse.held_cents - purse.spent_cents
        for name, says, account_id in (
            ("available", available, purse.purse_account_id),
            ("held", purse.held_cents, purse.held_account_id),
        ):
            explained = balances[account_id].balance_cents
            if says != explained:
                return (
                    f"passes_purse {purse.pk}: {name} {says} cents, "
                    f"transfers of account {account_id} make {explained}"
                )
    return None


@reading
def first_wrong_hold() -> str | None:
    """The first purse whose held cents are not the sum of its bons still to use."""
    issued = _sums(ExchangeVoucher.objects.filter(status=VoucherStatus.ISSUED))
    return _first_difference(column="held_cents", sums=issued, what="bons still to use")


@reading
def first_wrong_grant() -> str | None:
    """The first purse whose granted cents are not the sum of its grants."""
    return _first_difference(column="granted_cents", sums=_sums(Grant.objects.all()), what="grants")


def _sums(rows: Any) -> dict[int, int]:
    return dict(rows.values_list("purse_id").annotate(Sum("amount_cents")).order_by())


def _first_difference(*, column: str, sums: dict[int, int], what: str) -> str | None:
    for purse_id, says in Purse.objects.order_by("pk").values_list("pk", column).iterator():
        if says != sums.get(purse_id, 0):
            return (
                f"passes_purse {purse_id}: {column} {says}, "
                f"{what} make {sums.get(purse_id, 0)} cents"
            )
    return None
