from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tessere.domains.audit import steps as audit
from tessere.domains.audit.types import Entry
from tessere.domains.ledger import steps as ledger
from tessere.domains.ledger.types import Move, NewPosting
from tessere.domains.notifications import steps as notifications
from tessere.domains.notifications.types import partner_topic, person_topic
from tessere.domains.partners import steps as partners
from tessere.domains.passes import steps as passes
from tessere.domains.passes.types import PurseChange
from tessere.domains.redemptions.acceptance import Group
from tessere.domains.redemptions.lifecycle import REDEMPTION_STEPS
from tessere.domains.redemptions.messages import about
from tessere.domains.redemptions.models import Cancellation, Redemption
from tessere.domains.redemptions.types import (
    MOST_OF_A_REFERENCE,
    AcceptanceRequest,
    Outcome,
    RedemptionAlreadyCancelled,
    RedemptionNotFound,
    RedemptionStatus,
    ReferenceTooLong,
)
from tessere.foundation.actor import Actor, Audience
from tessere.foundation.clock import local_date


def accept(*, actor: Actor, requests: Sequence[AcceptanceRequest], now: datetime) -> list[Outcome]:
    """Accept one to n requests, each on its own merits; one outcome a request, none is raised.

    Units: cents. Locks: bons, then purses, each in id order. Errors: KeyReused alone is raised,
    when another command under other locks took a key first. Source: docs/algorithms/acceptance.md.
    """
    group = Group(actor=actor, requests=requests, now=now)
    group.lock_and_read()
    group.judge()
    group.write()
    return group.answers()


def cancel(*, actor: Actor, key: UUID, number: str, now: datetime) -> None:
    """Cancel a redemption by a reversal: row and transfers stay, a posting moves value back.

    Units: cents. Locks: the purse, then the redemption. Errors: RedemptionNotFound for another
    structure's, RedemptionAlreadyCancelled, KeyReused. Source: D6, S1-118.
    """
    found = Redemption.objects.filter(number=number)
    if actor.audience is not Audience.PLATFORM:
        found = found.filter(partner_id=actor.partner_id)
    purse_id = found.values_list("purse_id", flat=True).first()
    if purse_id is None:
        raise RedemptionNotFound
    purse = passes.lock_purses(purse_ids=[purse_id])[purse_id]
    redemption = (
        found.select_related("agreement").select_for_update(of=("self",), no_key=True).get()
    )
    digest = ledger.request_digest(command="redemptions.cancel", number=number)
    earlier = ledger.earlier_postings(keys=[key]).get(key)
    if earlier is not None:
        ledger.check_same_request(posting=earlier, digest=digest)
        return
    if RedemptionStatus.CANCELLED not in REDEMPTION_STEPS[RedemptionStatus(redemption.status)]:
        done = Cancellation.objects.get(redemption=redemption)
        raise RedemptionAlreadyCancelled(date=f"{local_date(done.cancelled_at):%d/%m/%Y}")
    Redemption.objects.filter(pk=redemption.pk).update(status=RedemptionStatus.CANCELLED)
    Cancellation.objects.create(
        redemption=redemption,
        partner_id=redemption.partner_id,
        cancelled_at=now,
        author_id=actor.user_id,
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
            purse=replace(purse, spent_cents=purse.spent_cents - redemption.amount_cents),
            partner=partners.partner_by_id(partner_id=redemption.partner_id),
            at=now,
        ),
        changed=[partner_topic(redemption.partner_id), person_topic(purse.beneficiary.id)],
        now=now,
    )


def set_reference(*, actor: Actor, numbers: Collection[str], reference: str, now: datetime) -> int:
    """Write a reference on operations of a structure; the contract of the service.

    Locks: the operations, in id order.
    """
    reference = " ".join(reference.split())
    if len(reference) > MOST_OF_A_REFERENCE:
        raise ReferenceTooLong(length=len(reference))
    found = Redemption.objects.filter(partner_id=actor.partner_id, number__in=numbers)
    locked = found.order_by("pk").select_for_update(of=("self",), no_key=True)
    former = dict(locked.values_list("pk", "partner_reference"))
    Redemption.objects.filter(pk__in=former).update(partner_reference=reference)
    entries = [
        Entry(
            event="redemptions.reference_set",
            subject=f"redemption:{redemption_id}",
            actor=actor,
            before={"partner_reference": before},
            after={"partner_reference": reference},
        )
        for redemption_id, before in former.items()
        if before != reference
    ]
    if entries:
        audit.record(entries=entries, now=now)
    return len(former)
