"""What happened at a structure's counter, for its people to be told: read, not kept again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tessere.domains.redemptions.types import MOST_NOTICES
from tessere.foundation.tenancy import required_tenant_id

# Who accepts alone all day has no notice and moves no mark: the newest are looked at, not all.
_LOOKED_AT = 1_000

_HAPPENED = """
SELECT redemption_id, at, is_cancellation
FROM (
    (SELECT id AS redemption_id, accepted_at AS at, false AS is_cancellation, author_id
     FROM redemptions_redemption
     WHERE tenant_id = %(tenant)s AND partner_id = %(partner)s
       AND accepted_at > coalesce(%(since)s::timestamptz, '-infinity')
     ORDER BY accepted_at DESC, id DESC LIMIT %(looked_at)s)
    UNION ALL
    (SELECT redemption_id, cancelled_at, true, author_id
     FROM redemptions_cancellation
     WHERE tenant_id = %(tenant)s AND partner_id = %(partner)s
       AND cancelled_at > coalesce(%(since)s::timestamptz, '-infinity')
     ORDER BY cancelled_at DESC, id DESC LIMIT %(looked_at)s)
) happened
WHERE %(reader)s::bigint IS NULL OR author_id IS DISTINCT FROM %(reader)s
ORDER BY at DESC, redemption_id DESC, is_cancellation DESC LIMIT %(most)s
"""


@dataclass(frozen=True, kw_only=True)
class Happened:
    """An operation was accepted or cancelled."""

    redemption_id: int
    at: datetime
    is_cancellation: bool


def what_happened(
    *, partner_id: int, reader_id: int | None, since: datetime | None = None
) -> list[Happened]:
    """What others than the reader, or all, did at a structure after an instant, newest first.

    One statement that goes by two indexes and reads a bounded number of rows, whatever the size.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _HAPPENED,
            {
                "tenant": required_tenant_id(),
                "partner": partner_id,
                "since": since,
                "reader": reader_id,
                "looked_at": _LOOKED_AT,
                "most": MOST_NOTICES,
            },
        )
        return [
            Happened(redemption_id=redemption_id, at=at, is_cancellation=is_cancellation)
            for redemption_id, at, is_cancellation in cursor.fetchall()
        ]
