from collections.abc import Collection
from datetime import datetime

from tessere.domains.audit.models import AuditEvent, AuditSeal
from tessere.domains.audit.rules import FIRST_DIGEST, chained_digest
from tessere.domains.audit.types import BrokenSeal, EventRecord
from tessere.foundation.use_case import reading


def _record(event: AuditEvent) -> EventRecord:
    return EventRecord(
        id=event.pk,
        at=event.at,
        event=event.event,
        subject=event.subject,
        user_id=event.user_id,
        audience=event.audience,
        on_behalf_of=event.on_behalf_of,
        address=event.address,
        before=event.before,
        after=event.after,
    )


@reading
def events_about(*, subject: str) -> list[EventRecord]:
    """The journal of one subject, oldest first."""
    return [_record(event) for event in AuditEvent.objects.filter(subject=subject).order_by("pk")]


@reading
def count_since(*, subject: str, events: Collection[str], since: datetime) -> int:
    """How often any of these things happened to a subject from an instant on."""
    return AuditEvent.objects.filter(subject=subject, event__in=events, at__gte=since).count()


@reading
def events_between(*, after: int, until: int) -> list[EventRecord]:
    """The events of the transactions from `after` (inclusive) to `until` (exclusive)."""
    events = AuditEvent.objects.filter(transaction__gte=after, transaction__lt=until)
    return [_record(event) for event in events.order_by("transaction", "pk")]


@reading
def last_seal() -> AuditSeal | None:
    """The newest seal of the tenant."""
    return AuditSeal.objects.order_by("-after_transaction").first()


@reading
def first_broken_seal() -> BrokenSeal | None:
    """Recompute the chain of the tenant; gives the first seal that does not match."""
    digest = FIRST_DIGEST
    for found in AuditSeal.objects.order_by("after_transaction"):
        events = events_between(after=found.after_transaction, until=found.until_transaction)
        digest = chained_digest(previous=digest, events=events)
        if digest != found.digest:
            return BrokenSeal(
                seal_id=found.pk, events_expected=found.events, events_found=len(events)
            )
    return None
