from datetime import datetime
from uuid import UUID

from tessere.domains.audit.steps import record
from tessere.domains.audit.types import Entry
from tessere.domains.ledger import steps as ledger
from tessere.domains.ledger.types import Move, NewPosting
from tessere.domains.partners import steps as partners
from tessere.domains.passes import steps
from tessere.domains.passes.lifecycle import VOUCHER_STEPS
from tessere.domains.passes.models import ExchangeVoucher
from tessere.domains.passes.rules import (
    balance_refusal,
    vintage_refusal,
    voucher_last_day,
)
from tessere.domains.passes.types import (
    VOUCHER_STATUS_WORDS,
    InvalidVoucherAmount,
    PurseChange,
    PurseNotYours,
    PurseRecord,
    VoucherEnded,
    VoucherNotFound,
    VoucherRecord,
    VoucherStatus,
)
from tessere.foundation.actor import Actor, Audience
from tessere.foundation.clock import local_date
from tessere.foundation.codes import make_number
from tessere.foundation.use_case import use_case


def _check_own(*, actor: Actor, purse: PurseRecord | None) -> PurseRecord:
    if purse is None or (
        actor.audience is not Audience.PLATFORM
        and purse.beneficiary.id not in actor.beneficiary_ids
    ):
        raise PurseNotYours
    return purse


@use_case("passes.create_voucher", redraw=("passes_exchange_voucher_number_unique",))
def create_voucher(
    *,
    actor: Actor,
    key: UUID,
    purse_id: int,
    partner_id: int,
    amount_cents: int,
    now: datetime,
) -> str:
    """Make a bon d'échange for one partner and hold its value; gives its number.

    Units: cents. Locks: the purse. Errors: PurseNotYours, InvalidVoucherAmount, VintageNotOpen,
    PartnerSuspended, NoAgreement, AgreementNotInForce, BalanceTooLow, KeyReused.
    Source: S1-79, S1-90, S1-96. The same key gives the same bon.
    """
    purse = _check_own(
        actor=actor, purse=steps.lock_purses(purse_ids=[purse_id]).get(purse_id)
    )
    digest = ledger.request_digest(
        command="passes.create_voucher",
        purse=purse_id,
        partner=partner_id,
        cents=amount_cents,
    )
    earlier = ledger.earlier_postings(keys=[key]).get(key)
    if earlier is not None:
        ledger.check_same_request(posting=earlier, digest=digest)
        return earlier.subject.removeprefix("voucher:")
    if amount_cents <= 0:
        raise InvalidVoucherAmount
    refusal = vintage_refusal(vintage=purse.vintage, now=now)
    if refusal is None:
        partner = partners.partner_by_id(partner_id=partner_id)
        terms = partners.terms_for(
            partner_ids={partner_id}, benefit_ids={purse.benefit.id}
        )
        refusal = partners.status_refusal(
            partner=partner
        ) or partners.agreement_refusal(
            terms=terms, partner=partner, benefit=purse.benefit, vintage=purse.vintage
        )
    refusal = refusal or balance_refusal(purse=purse, amount_cents=amount_cents)
    if refusal is not None:
        raise refusal
    voucher = ExchangeVoucher.objects.create(
        number=make_number(),
        purse_id=purse_id,
        partner_id=partner_id,
        amount_cents=amount_cents,
        issued_at=now,
        last_day=voucher_last_day(vintage=purse.vintage, now=now),
    )
    ledger.post(
        postings=[
            NewPosting(
                key=key,
                command="passes.create_voucher",
                digest=digest,
                subject=f"voucher:{voucher.number}",
                moves=(
                    Move(
                        source_id=purse.purse_account_id,
                        target_id=purse.held_account_id,
                        amount_cents=amount_cents,
                    ),
                ),
            )
        ],
        now=now,
    )
    steps.change_purses(
        changes=[PurseChange(purse_id=purse_id, held_cents=amount_cents)], now=now
    )
    _journal(actor=actor, event="passes.voucher_created", voucher=voucher, now=now)
    return voucher.number


@use_case("passes.cancel_voucher")
def cancel_voucher(*, actor: Actor, key: UUID, number: str, now: datetime) -> None:
    """Cancel a bon and give its value back to the purse.

    Units: cents. Locks: the bon, then its purse. Errors: VoucherNotFound for anybody else's,
    VoucherEnded when it was redeemed, cancelled or has expired first, KeyReused. Source: S1-96.
    """
    _release(
        actor=actor,
        key=key,
        number=number,
        command="passes.cancel_voucher",
        status=VoucherStatus.CANCELLED,
        now=now,
    )


@use_case("passes.expire_voucher")
def expire_voucher(*, actor: Actor, key: UUID, number: str, now: datetime) -> bool:
    """Let a bon lapse whose last day is over; its value returns to the purse.

    Units: cents. Locks: the bon, then its purse. Source: S1-96. Gives False, and changes nothing,
    when the bon ended before or its last day is not over.
    """
    voucher = steps.lock_vouchers(numbers=[number]).get(number)
    if (
        voucher is None
        or voucher.status is not VoucherStatus.ISSUED
        or local_date(now) <= voucher.last_day
    ):
        return False
    _release(
        actor=actor,
        key=key,
        number=number,
        command="passes.expire_voucher",
        status=VoucherStatus.EXPIRED,
        now=now,
    )
    return True


def _release(
    *,
    actor: Actor,
    key: UUID,
    number: str,
    command: str,
    status: VoucherStatus,
    now: datetime,
) -> None:
    voucher = steps.lock_vouchers(numbers=[number]).get(number)
    if voucher is None:
        raise VoucherNotFound
    purse = steps.lock_purses(purse_ids=[voucher.purse_id]).get(voucher.purse_id)
    try:
        purse = _check_own(actor=actor, purse=purse)
    except PurseNotYours as not_yours:
        raise VoucherNotFound from not_yours
    digest = ledger.request_digest(command=command, number=number)
    earlier = ledger.earlier_postings(keys=[key]).get(key)
    if earlier is not None:
        ledger.check_same_request(posting=earlier, digest=digest)
        return
    _check_step(voucher=voucher, status=status)
    ExchangeVoucher.objects.filter(pk=voucher.id).update(status=status, ended_at=now)
    ledger.post(
        postings=[
            NewPosting(
                key=key,
                command=command,
                digest=digest,
                subject=f"voucher:{number}",
                moves=(
                    Move(
                        source_id=purse.held_account_id,
                        target_id=purse.purse_account_id,
                        amount_cents=voucher.amount_cents,
                    ),
                ),
            )
        ],
        now=now,
    )
    steps.change_purses(
        changes=[PurseChange(purse_id=purse.id, held_cents=-voucher.amount_cents)],
        now=now,
    )
    _journal(actor=actor, event=f"passes.voucher_{status}", voucher=voucher, now=now)


def _check_step(*, voucher: VoucherRecord, status: VoucherStatus) -> None:
    if status in VOUCHER_STEPS[voucher.status]:
        return
    assert voucher.ended_at is not None
    raise VoucherEnded(
        state=VOUCHER_STATUS_WORDS[voucher.status],
        date=f"{local_date(voucher.ended_at):%d/%m/%Y}",
    )


def _journal(
    *, actor: Actor, event: str, voucher: ExchangeVoucher | VoucherRecord, now: datetime
) -> None:
    record(
        entries=[
            Entry(
                event=event,
                subject=f"voucher:{voucher.number}",
                actor=actor,
                after={
                    "purse": voucher.purse_id,
                    "partner": voucher.partner_id,
                    "amount_cents": voucher.amount_cents,
                },
            )
        ],
        now=now,
    )
