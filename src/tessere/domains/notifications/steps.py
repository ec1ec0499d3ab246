from collections.abc import Sequence
from datetime import datetime

from tessere.domains.notifications.models import OutboxMail
from tessere.domains.notifications.types import NewMail


def enqueue(*, mails: Sequence[NewMail], now: datetime) -> None:
    """Put mails into the outbox, in one statement of the caller's transaction; none on rollback."""
    OutboxMail.objects.bulk_create(
        OutboxMail(
            kind=mail.kind,
            recipient=mail.recipient,
            context=dict(mail.context),
            created_at=now,
            due_at=now,
        )
        for mail in mails
    )
