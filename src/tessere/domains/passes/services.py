from datetime import datetime
from uuid import UUID

from tessere.domains.passes import vouchers
from tessere.foundation.actor import Actor
from tessere.foundation.use_case import use_case


@use_case("passes.create_voucher", redraw=("passes_exchange_voucher_number_unique",))
def create_voucher(
    *, actor: Actor, key: UUID, purse_id: int, partner_id: int, amount_cents: int, now: datetime
) -> str:
    """Make a bon d'échange for one partner and hold its value; gives its number.

    Units: cents. Locks: the purse. Errors: PurseNotYours, InvalidVoucherAmount, VintageNotOpen,
    PartnerSuspended, NoAgreement, AgreementNotInForce, BalanceTooLow, KeyReused.
    Source: S1-79, S1-90, S1-96. The same key gives the same bon.
    """
    return vouchers.create(
        actor=actor,
        key=key,
        purse_id=purse_id,
        partner_id=partner_id,
        amount_cents=amount_cents,
        now=now,
    )


@use_case("passes.cancel_voucher")
def cancel_voucher(*, actor: Actor, key: UUID, number: str, now: datetime) -> None:
    """Cancel a bon and give its value back to the purse.

    Units: cents. Locks: the bon, then its purse. Errors: VoucherNotFound for anybody else's,
    VoucherEnded when it was redeemed, cancelled or has expired first, KeyReused. Source: S1-96.
    """
    vouchers.cancel(actor=actor, key=key, number=number, now=now)


@use_case("passes.expire_voucher")
def expire_voucher(*, actor: Actor, key: UUID, number: str, now: datetime) -> bool:
    """Let a bon lapse whose last day is over; its value returns to the purse.

    Units: cents. Locks: the bon, then its purse. Errors: KeyReused. Source: S1-96. Gives False, and
    changes nothing, when the bon ended before or its last day is not over.
    """
    return vouchers.expire(actor=actor, key=key, number=number, now=now)
