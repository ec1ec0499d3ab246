from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from tessere.domains.audit import steps as audit
from tessere.domains.audit.types import Entry
from tessere.domains.branding import queries as branding
from tessere.domains.exports import steps as exports
from tessere.domains.exports.types import ExportRecord, FileKind, Wish
from tessere.domains.ledger import steps as ledger
from tessere.domains.notifications import steps as notifications
from tessere.domains.partners import queries as partners_queries
from tessere.domains.partners import steps as partners
from tessere.domains.partners.types import PartnerRecord, PartnerSuspended
from tessere.domains.passes import steps as passes
from tessere.domains.redemptions import messages, queries, steps
from tessere.domains.redemptions.types import (
    LISTING_WORDS,
    AcceptanceRequest,
    Listing,
    Outcome,
    Refused,
    Search,
    VoucherAcceptance,
    VoucherUnknown,
)
from tessere.foundation.actor import Actor, Audience, NotPermitted
from tessere.foundation.errors import Refusal
from tessere.foundation.use_case import use_case


def _guesser(actor: Actor) -> str:
    return f"partner:{actor.partner_id}" if actor.partner_id else f"user:{actor.user_id}"


@use_case(
    "redemptions.accept",
    redraw=(
        "redemptions_redemption_number_unique",
        "redemptions_redemption_barcode_unique",
    ),
)
def accept(*, actor: Actor, requests: Sequence[AcceptanceRequest], now: datetime) -> list[Outcome]:
    """Accept one to n requests of one tenant, each on its own merits; one outcome a request.

    Units: cents. Locks: bons, then purses, each in id order. Errors: none is raised for a request,
    its outcome carries the refusal; TooManyUnknownCodes and TypedEntryLocked are raised when a
    typed number is among the requests, unless it was answered before; NotPermitted when a bon is
    presented for another structure than the actor's. Source: S1-60 to S1-97,
    docs/algorithms/acceptance.md.
    """
    presented = [one for one in requests if isinstance(one, VoucherAcceptance)]
    if actor.audience is not Audience.PLATFORM and (
        any(one.partner_id != actor.partner_id for one in presented)
        or (actor.audience is Audience.PARTNER and len(presented) < len(requests))
    ):
        raise NotPermitted
    typed = [one for one in presented if not passes.is_proof(number=one.number, proof=one.proof)]
    if typed:
        _check_typed_entry(actor=actor, typed=typed, now=now)
    outcomes = steps.accept(actor=actor, requests=requests, now=now)
    for request, outcome in zip(requests, outcomes, strict=True):
        unknown = isinstance(outcome, Refused) and isinstance(outcome.refusal, VoucherUnknown)
        if unknown and request in typed:
            _count_miss(actor=actor, lockable=True, now=now)
    return outcomes


def _check_typed_entry(*, actor: Actor, typed: list[VoucherAcceptance], now: datetime) -> None:
    try:
        partners.check_typed_entry(subject=_guesser(actor), now=now)
    except Refusal:
        # What was accepted before a rest or a lock keeps its answer.
        keys = [one.key for one in typed]
        if len(ledger.earlier_postings(keys=keys)) < len(set(keys)):
            raise


def _count_miss(*, actor: Actor, lockable: bool, now: datetime) -> None:
    subject = _guesser(actor)
    state = partners.note_unknown_code(subject=subject, now=now, lockable=lockable)
    if state.locked:
        audit.record(
            entries=[Entry(event="redemptions.typed_entry_locked", subject=subject, actor=actor)],
            now=now,
        )
        _alert_of_lock(actor=actor, misses=state.misses, now=now)


def _alert_of_lock(*, actor: Actor, misses: int, now: datetime) -> None:
    """Tell the structure, and those who answer for the programme."""
    assert actor.partner_id is not None
    structure = partners_queries.structure(partner_id=actor.partner_id)
    brand = branding.brand()
    contact = brand.contact.email if brand and brand.contact else ""
    notifications.enqueue(
        mails=messages.typed_entry_locked(
            partner=structure.partner,
            recipients=[structure.administrative_email, contact],
            misses=misses,
            at=now,
        ),
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
def find_payee(*, actor: Actor, code: str, now: datetime) -> PartnerRecord | Refusal:
    """The structure with a code that a beneficiary typed.

    The refusal is given and not raised, so that a miss is counted: ten slow typing down.
    Errors: TooManyUnknownCodes. Source: S1-68, decision D17.
    """
    partners.check_typed_entry(subject=_guesser(actor), now=now)
    try:
        return queries.payee(code=code)
    except PartnerSuspended as refusal:
        return refusal
    except Refusal as refusal:
        _count_miss(actor=actor, lockable=False, now=now)
        return refusal


@use_case("redemptions.cancel")
def cancel(*, actor: Actor, key: UUID, number: str, now: datetime) -> None:
    """Cancel a redemption of the actor's structure: its value goes back to the beneficiary's purse.

    Units: cents. Locks: the purse, then the redemption. Errors: RedemptionNotFound for another
    structure's, RedemptionAlreadyCancelled, KeyReused. Source: D6, S1-113, S1-118, S1-127.
    """
    steps.cancel(actor=actor, key=key, number=number, now=now)


@use_case("redemptions.export")
def export(
    *,
    actor: Actor,
    key: UUID,
    search: Search,
    kind: FileKind,
    now: datetime,
    listing: Listing = Listing.OPERATIONS,
) -> ExportRecord:
    """Ask for a file of what a search in OPÉRATIONS finds, up to now, in the actor's structure.

    Units: cents. Locks: none. Errors: ExportKeyReused. Source: S1-109, decision D10.
    """
    wish = Wish(
        definition=f"redemptions.{listing}",
        parameters={"partner_id": actor.partner_id, "search": search.as_json()},
        kind=kind,
        title=str(LISTING_WORDS[listing]),
    )
    return exports.request(actor=actor, key=key, wish=wish, now=now)


@use_case("redemptions.set_reference")
def set_reference(*, actor: Actor, numbers: Collection[str], reference: str, now: datetime) -> int:
    """Give operations of the actor's structure its own internal reference; empty takes it away.

    Gives how many operations were found. Locks: the operations, in id order. Errors:
    ReferenceTooLong. Source: S1-111, S1-112.
    """
    return steps.set_reference(actor=actor, numbers=numbers, reference=reference, now=now)
