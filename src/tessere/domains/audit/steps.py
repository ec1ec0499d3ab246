from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from tessere.domains.audit.models import AuditEvent, AuditSeal
from tessere.domains.audit.queries import events_between, last_seal
from tessere.domains.audit.rules import FIRST_DIGEST, chained_digest
from tessere.domains.audit.types import Entry


def record(*, entries: Sequence[Entry], now: datetime) -> None:
    """Write lines into the journal, in one statement of the caller's transaction."""
    AuditEvent.objects.bulk_create(
        AuditEvent(
            at=now,
            event=entry.event,
            subject=entry.subject,
            user_id=entry.actor.user_id,
            audience=entry.actor.audience,
            on_behalf_of=f"partner:{entry.actor.partner_id}" if entry.actor.partner_id else "",
            address=entry.actor.address,
            before=dict(entry.before),
            after=dict(entry.after),
        )
        for entry in entries
    )


def seal(*, now: datetime) -> int:
    """Chain the events of every transaction that has ended since the last seal; gives their number.

    Events are taken by transaction and not by id: an id can be drawn long before its transaction
    commits. Two sealers at once end in one seal, by the unique constraint.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        horizon = cursor.fetchone()[0]
    previous = last_seal()
    start = previous.until_transaction if previous else 0
    events = events_between(after=start, until=horizon)
    if not events:
        return 0
    AuditSeal.objects.create(
        after_transaction=start,
        until_transaction=horizon,
        events=len(events),
        digest=chained_digest(
            previous=previous.digest if previous else FIRST_DIGEST, events=events
        ),
        sealed_at=now,
    )
    return len(events)
