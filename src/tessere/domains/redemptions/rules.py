"""Whether a request is accepted: pure functions (docs/algorithms/acceptance.md)."""

from dataclasses import replace
from datetime import datetime

from tessere.domains.passes.types import (
    PurseChange,
    PurseTerms,
    VoucherRecord,
    VoucherStatus,
)
from tessere.domains.redemptions.types import (
    AmountMissing,
    VoucherAlreadyRedeemed,
    VoucherCancelled,
    VoucherExpired,
    VoucherForAnotherPartner,
)
from tessere.foundation.clock import PARIS, local_date
from tessere.foundation.errors import Refusal


def amount_refusal(*, amount_cents: int) -> Refusal | None:
    """Why this is not an amount, if so."""
    return None if amount_cents > 0 else AmountMissing()


def voucher_refusal(*, voucher: VoucherRecord, partner_id: int, now: datetime) -> Refusal | None:
    """Why this partner may not accept this bon now, if so (S1-94, S1-95).

    Another partner learns nothing about the state of a bon.
    """
    if voucher.partner_id != partner_id:
        return VoucherForAnotherPartner()
    status = voucher.status_on(local_date(now))
    if status is VoucherStatus.EXPIRED:
        return VoucherExpired(date=f"{voucher.last_day:%d/%m/%Y}")
    if status is VoucherStatus.ISSUED:
        return None
    assert voucher.ended_at is not None
    ended = voucher.ended_at.astimezone(PARIS)
    day = f"{ended:%d/%m/%Y}"
    if status is VoucherStatus.REDEEMED:
        return VoucherAlreadyRedeemed(date=day, time=f"{ended:%H:%M}")
    return VoucherCancelled(date=day)


def spent_directly(purse: PurseTerms, amount_cents: int) -> tuple[PurseTerms, PurseChange]:
    """A purse after a payment, and the change that makes it so."""
    after = replace(purse, spent_cents=purse.spent_cents + amount_cents)
    return after, PurseChange(purse_id=purse.id, spent_cents=amount_cents)


def spent_from_held(purse: PurseTerms, amount_cents: int) -> tuple[PurseTerms, PurseChange]:
    """A purse after a bon was redeemed, and the change that makes it so."""
    after = replace(
        purse,
        held_cents=purse.held_cents - amount_cents,
        spent_cents=purse.spent_cents + amount_cents,
    )
    change = PurseChange(purse_id=purse.id, held_cents=-amount_cents, spent_cents=amount_cents)
    return after, change


def redeemed(voucher: VoucherRecord, *, now: datetime) -> VoucherRecord:
    """A bon after it was redeemed, so that a second request of the same group is told so."""
    return replace(voucher, status=VoucherStatus.REDEEMED, ended_at=now)


def merged(changes: list[PurseChange]) -> list[PurseChange]:
    """One change for each purse, in id order."""
    by_purse: dict[int, PurseChange] = {}
    for change in changes:
        sofar = by_purse.get(change.purse_id, PurseChange(purse_id=change.purse_id))
        by_purse[change.purse_id] = PurseChange(
            purse_id=change.purse_id,
            granted_cents=sofar.granted_cents + change.granted_cents,
            held_cents=sofar.held_cents + change.held_cents,
            spent_cents=sofar.spent_cents + change.spent_cents,
        )
    return [by_purse[purse_id] for purse_id in sorted(by_purse)]
