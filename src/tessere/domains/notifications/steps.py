import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import connection

from tessere.domains.notifications.types import NewMail
from tessere.foundation.tenancy import required_tenant_id

# Mails and changes are written by one statement: an acceptance has both.
_ENQUEUE = """
WITH mail AS (
    INSERT INTO notifications_outboxmail
        (tenant_id, kind, recipient, context, created_at, due_at, attempts, last_error)
    SELECT %(tenant)s, one.kind, one.recipient, one.context, %(now)s, %(now)s, 0, ''
    FROM jsonb_to_recordset(%(mails)s::jsonb)
        AS one (kind text, recipient text, context jsonb)
)
INSERT INTO notifications_change (tenant_id, topics)
SELECT %(tenant)s, %(topics)s WHERE %(topics)s <> ''
"""

# Two pages that are marked at once end at the later instant, whichever comes first.
_MARK_SEEN = """
INSERT INTO notifications_seenmark AS mark (tenant_id, user_id, topic, seen_until)
VALUES (%(tenant)s, %(user)s, %(topic)s, %(until)s)
ON CONFLICT (tenant_id, user_id, topic)
DO UPDATE SET seen_until = GREATEST(mark.seen_until, EXCLUDED.seen_until)
"""


def enqueue(*, mails: Sequence[NewMail] = (), changed: Iterable[str] = (), now: datetime) -> None:
    """Put mails and changes into the outbox, in one statement of the caller's transaction.

    `changed` holds topics: the open pages that show one of them are told after the commit. Nothing
    is left on rollback.
    """
    topics = " ".join(sorted(set(changed)))
    if not mails and not topics:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _ENQUEUE,
            {
                "tenant": required_tenant_id(),
                "now": now,
                "mails": json.dumps([asdict(mail) for mail in mails]),
                "topics": topics,
            },
        )


def mark_seen(*, user_id: int, topic: str, until: datetime) -> None:
    """Note that a person has seen what happened about a topic up to an instant, never less."""
    with connection.cursor() as cursor:
        cursor.execute(
            _MARK_SEEN,
            {"tenant": required_tenant_id(), "user": user_id, "topic": topic, "until": until},
        )
