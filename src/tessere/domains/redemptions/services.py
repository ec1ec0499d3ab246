from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tessere.domains.audit import steps as audit
from tessere.domains.audit.types import Entry
from tessere.domains.ledger import steps as ledger
from tessere.domains.ledger.types import Move, NewPosting
from tessere.domains.notifications import steps as notifications
from tessere.domains.partners import steps as partners
from tessere.domains.partners.types import (
    PartnerCodeAltered,
    PartnerCodeMistyped,
    PartnerRecord,
)
from tessere.domains.passes import steps as passes
from tessere.domains.passes.types import PurseChange
from tessere.domains.redemptions.acceptance import Group
from tessere.domains.redemptions.lifecycle import REDEMPTION_STEPS
from tessere.domains.redemptions.messages import about
from tessere.domains.redemptions.models import Cancellation, Redemption
from tessere.domains.redemptions.types import (
    AcceptanceRequest,
    Outcome,
    RedemptionAlreadyCancelled,
    RedemptionNotFound,
    RedemptionStatus,
    Refused,
    VoucherAcceptance,
    VoucherUnknown,
)
from tessere.foundation.actor import Actor, Audience, NotPermitted
from tessere.foundation.clock import local_date
from tessere.foundation.codes import (
    InvalidPartnerCode,
    partner_code_check,
    read_partner_code,
)
from tessere.foundation.errors import Refusal
from tessere.foundation.use_case import use_case


def _guesser(actor: Actor) -> str:
    return (
        f"partner:{actor.partner_id}" if actor.partner_id else f"user:{actor.user_id}"
    )


@use_case(
    "redemptions.accept",
    redraw=(
        "redemptions_redemption_number_unique",
        "redemptions_redemption_barcode_unique",
    ),
)
def accept(
    *, actor: Actor, requests: Sequence[AcceptanceRequest], now: datetime
) -> list[Outcome]:
    """Accept one to n requests of one tenant, each on its own merits; one outcome a request.

    Units: cents. Locks: bons, then purses, each in id order. Errors: none is raised for a request,
    its outcome carries the refusal; TooManyUnknownCodes and TypedEntryLocked are raised before
    anything is read when a typed number is among the requests; NotPermitted when a bon is presented
    for another structure than the actor's. Source: S1-60 to S1-97, docs/algorithms/acceptance.md.
    """
    presented = [one for one in requests if isinstance(one, VoucherAcceptance)]
    if actor.audience is not Audience.PLATFORM and (
        any(one.partner_id != actor.partner_id for one in presented)
        or (actor.audience is Audience.PARTNER and len(presented) < len(requests))
    ):
        raise NotPermitted
    typed = [
        one
        for one in presented
        if not passes.is_proof(number=one.number, proof=one.proof)
    ]
    if typed:
        partners.check_typed_entry(subject=_guesser(actor), now=now)
    group = Group(actor=actor, requests=requests, now=now)
    group.lock_and_read()
    group.judge()
    group.write()
    outcomes = group.answers()
    for request, outcome in zip(requests, outcomes, strict=True):
        unknown = isinstance(outcome, Refused) and isinstance(
            outcome.refusal, VoucherUnknown
        )
        if unknown and request in typed:
            _count_miss(actor=actor, lockable=True, now=now)
    return outcomes


def _count_miss(*, actor: Actor, lockable: bool, now: datetime) -> None:
    subject = _guesser(actor)
    state = partners.note_unknown_code(subject=subject, now=now, lockable=lockable)
    if state.locked:
        audit.record(
            entries=[
                Entry(
                    event="redemptions.typed_entry_locked", subject=subject, actor=actor
                )
            ],
            now=now,
        )


@use_case("redemptions.note_mistyped_number")
def note_mistyped_number(*, actor: Actor, now: datetime) -> None:
    """Count a typed number whose check character is wrong, as an unknown one (decision D17).

    Errors: TooManyUnknownCodes, TypedEntryLocked.
    """
    partners.check_typed_entry(subject=_guesser(actor), now=now)
    _count_miss(actor=actor, lockable=True, now=now)


@use_case("redemptions.reopen_typed_entry")
def reopen_typed_entry(*, actor: Actor, now: datetime) -> None:
    """Open the typed entry of the actor's structure again after a lock (decision D17)."""
    partners.reopen_typed_entry(subject=_guesser(actor))
    audit.record(
        entries=[
            Entry(
                event="redemptions.typed_entry_reopened",
                subject=_guesser(actor),
                actor=actor,
            )
        ],
        now=now,
    )


@use_case("redemptions.find_payee")
def find_payee(
    *, actor: Actor, code: str, check: str | None, now: datetime
) -> PartnerRecord | Refusal:
    """The structure with a code that a beneficiary typed, or scanned with its two check characters.

    The refusal is given and not raised, so that a typed miss is counted: ten slow typing down.
    Errors: TooManyUnknownCodes for typed codes. Source: S1-64, S1-68, decision D17.
    """
    if check is None:
        partners.check_typed_entry(subject=_guesser(actor), now=now)
    found = _payee(code=code, check=check)
    if isinstance(found, Refusal):
        if check is None:
            _count_miss(actor=actor, lockable=False, now=now)
        return found
    return partners.status_refusal(partner=found) or found


def _payee(*, code: str, check: str | None) -> PartnerRecord | Refusal:
    try:
        digits = read_partner_code(code)
    except InvalidPartnerCode:
        return PartnerCodeMistyped()
    if check is not None and check != partner_code_check(digits):
        return PartnerCodeAltered()
    try:
        return partners.partner_by_code(code=digits)
    except Refusal as refusal:
        return refusal


@use_case("redemptions.cancel")
def cancel(*, actor: Actor, key: UUID, number: str, now: datetime) -> None:
    """Cancel a redemption: its value goes back to the beneficiary's purse by a reversal.

    Units: cents. Locks: the purse, then the redemption. Errors: RedemptionNotFound for another
    structure's, RedemptionAlreadyCancelled, KeyReused. Source: D6, S1-113, S1-118, S1-127.
    The row stays, the transfers stay, a new posting moves the value back.
    """
    found = Redemption.objects.filter(number=number)
    if actor.audience is not Audience.PLATFORM:
        found = found.filter(partner_id=actor.partner_id)
    purse_id = found.values_list("purse_id", flat=True).first()
    if purse_id is None:
        raise RedemptionNotFound
    purse = passes.lock_purses(purse_ids=[purse_id])[purse_id]
    redemption = (
        found.select_related("agreement")
        .select_for_update(of=("self",), no_key=True)
        .get()
    )
    digest = ledger.request_digest(command="redemptions.cancel", number=number)
    earlier = ledger.earlier_postings(keys=[key]).get(key)
    if earlier is not None:
        ledger.check_same_request(posting=earlier, digest=digest)
        return
    if (
        RedemptionStatus.CANCELLED
        not in REDEMPTION_STEPS[RedemptionStatus(redemption.status)]
    ):
        done = Cancellation.objects.get(redemption=redemption)
        raise RedemptionAlreadyCancelled(
            date=f"{local_date(done.cancelled_at):%d/%m/%Y}"
        )
    Redemption.objects.filter(pk=redemption.pk).update(
        status=RedemptionStatus.CANCELLED
    )
    Cancellation.objects.create(
        redemption=redemption, cancelled_at=now, author_id=actor.user_id
    )
    ledger.post(
        postings=[
            NewPosting(
                key=key,
                command="redemptions.cancel",
                digest=digest,
                subject=f"redemption:{redemption.pk}",
                moves=(
                    Move(
                        source_id=redemption.agreement.payable_account_id,
                        target_id=purse.purse_account_id,
                        amount_cents=redemption.amount_cents,
                    ),
                ),
            )
        ],
        now=now,
    )
    passes.change_purses(
        changes=[PurseChange(purse_id=purse_id, spent_cents=-redemption.amount_cents)],
        now=now,
    )
    audit.record(
        entries=[
            Entry(
                event="redemptions.cancelled",
                subject=f"redemption:{redemption.pk}",
                actor=actor,
                before={"status": RedemptionStatus.ACCEPTED},
                after={"status": RedemptionStatus.CANCELLED},
            )
        ],
        now=now,
    )
    notifications.enqueue(
        mails=about(
            event="cancelled",
            number=redemption.number,
            amount_cents=redemption.amount_cents,
            purse=replace(
                purse, spent_cents=purse.spent_cents - redemption.amount_cents
            ),
            partner=partners.partner_by_id(partner_id=redemption.partner_id),
            at=now,
        ),
        now=now,
    )
