"""The life of a bon d'échange: made, cancelled, lapsed. Joins the caller's transaction."""

from datetime import datetime
from uuid import UUID

from tessere.domains.audit.steps import record
from tessere.domains.audit.types import Entry
from tessere.domains.ledger import steps as ledger
from tessere.domains.ledger.types import Move, NewPosting
from tessere.domains.notifications import steps as notifications
from tessere.domains.notifications.types import person_topic
from tessere.domains.partners import steps as partners
from tessere.domains.passes import holdings
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
    PurseTerms,
    VoucherEnded,
    VoucherNotFound,
    VoucherRecord,
    VoucherStatus,
)
from tessere.domains.programmes.queries import voucher_days
from tessere.foundation.actor import Actor, Audience
from tessere.foundation.clock import local_date
from tessere.foundation.codes import make_number


def _check_own(*, actor: Actor, purse: PurseTerms | None) -> PurseTerms:
    if purse is None or (
        actor.audience is not Audience.PLATFORM
        and purse.beneficiary.id not in actor.beneficiary_ids
    ):
        raise PurseNotYours
    return purse


def create(
    *,
    actor: Actor,
    key: UUID,
    purse_id: int,
    partner_id: int,
    amount_cents: int,
    now: datetime,
) -> str:
    """Hold value for one partner; the contract is that of `services.create_voucher`."""
    purse = _check_own(actor=actor, purse=holdings.lock_purses(purse_ids=[purse_id]).get(purse_id))
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
        terms = partners.terms_for(partner_ids={partner_id}, benefit_ids={purse.benefit.id})
        refusal = partners.status_refusal(partner=partner) or partners.agreement_refusal(
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
        last_day=voucher_last_day(
            vintage=purse.vintage,
            days=voucher_days(programme_id=purse.vintage.programme_id),
            now=now,
        ),
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
    holdings.change_purses(
        changes=[PurseChange(purse_id=purse_id, held_cents=amount_cents)], now=now
    )
    _journal(actor=actor, event="passes.voucher_created", voucher=voucher, now=now)
    notifications.enqueue(changed=[person_topic(purse.beneficiary.id)], now=now)
    return voucher.number


def cancel(*, actor: Actor, key: UUID, number: str, now: datetime) -> None:
    """Give the value back at the holder's wish; the contract of `services.cancel_voucher`."""
    _release(
        actor=actor,
        key=key,
        number=number,
        command="passes.cancel_voucher",
        status=VoucherStatus.CANCELLED,
        now=now,
    )


def expire(*, actor: Actor, key: UUID, number: str, now: datetime) -> bool:
    """Give the value back after the last day; the contract of `services.expire_voucher`."""
    voucher = holdings.lock_vouchers(numbers=[number]).get(number)
    if voucher is None or voucher.ended_at is not None:
        return False
    if voucher.status_on(local_date(now)) is not VoucherStatus.EXPIRED:
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
    voucher = holdings.lock_vouchers(numbers=[number]).get(number)
    if voucher is None:
        raise VoucherNotFound
    purse = holdings.lock_purses(purse_ids=[voucher.purse_id]).get(voucher.purse_id)
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
    holdings.change_purses(
        changes=[PurseChange(purse_id=purse.id, held_cents=-voucher.amount_cents)],
        now=now,
    )
    _journal(actor=actor, event=f"passes.voucher_{status}", voucher=voucher, now=now)
    notifications.enqueue(changed=[person_topic(purse.beneficiary.id)], now=now)


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
