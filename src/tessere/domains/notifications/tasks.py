from collections.abc import Iterator
from itertools import takewhile

from django.db import connection, transaction
from django.db.models import Q

from tessere.adapters.live import CHANNEL, messages
from tessere.adapters.mail import Mailer
from tessere.domains.notifications.models import OutboxMail
from tessere.domains.notifications.rules import KEPT_FOR, TRIES
from tessere.domains.notifications.services import deliver
from tessere.domains.notifications.types import Delivery
from tessere.domains.tenants.steps import for_every_tenant
from tessere.domains.tenants.types import TenantRecord
from tessere.foundation.actor import platform
from tessere.foundation.clock import now
from tessere.foundation.db.crossing import tenant_ids

# A tenant with a thousand mails does not make the others wait for long.
_TURNS = 50

_TAKE_CHANGES = """
DELETE FROM notifications_change WHERE tenant_id = %(tenant)s AND id IN (
    SELECT id FROM notifications_change WHERE tenant_id = %(tenant)s
    ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED
) RETURNING topics
"""


def relay_mails() -> int:
    """Send what is due, tenant after tenant; gives the number of mails that were dealt with.

    One statement when nothing is, for any number of tenants.
    """
    due = tenant_ids("notifications_tenants_due", now())
    with Mailer() as mailer:
        return for_every_tenant(lambda tenant: _relay(tenant, mailer), among=due)


def relay_changes() -> int:
    """Announce what committed transactions changed; gives the number of transactions.

    One notification for a tenant and a batch, here and not where the change was made: NOTIFY holds
    a lock until the commit, and would make payments wait for each other.
    """
    changed = tenant_ids("notifications_tenants_changed", now())
    return for_every_tenant(_announce, among=changed)


def _announce(tenant: TenantRecord) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE_CHANGES, {"tenant": tenant.id})
        taken = [topics for (topics,) in cursor.fetchall()]
        if taken:
            told = messages(tenant_id=tenant.id, topics=" ".join(taken).split())
            cursor.execute("SELECT pg_notify(%s, one) FROM unnest(%s::text[]) one", [CHANNEL, told])
    return len(taken)


def forget_old_mails() -> int:
    """Delete the mails of long ago that were sent or given up; gives their number."""
    return for_every_tenant(_forget)


def _forget(_tenant: TenantRecord) -> int:
    before = now() - KEPT_FOR
    given_up = Q(sent_at=None, attempts__gte=TRIES, due_at__lt=before)
    with transaction.atomic():
        deleted, _by_model = OutboxMail.objects.filter(Q(sent_at__lt=before) | given_up).delete()
    return deleted


def _relay(tenant: TenantRecord, mailer: Mailer) -> int:
    """Up to so many mails of one tenant; none after the mail server did not answer."""

    def turns() -> Iterator[Delivery]:
        actor = platform(tenant_id=tenant.id)
        for _turn in range(_TURNS):
            yield deliver(actor=actor, host=tenant.host, mailer=mailer, now=now())

    going_on = (Delivery.SENT, Delivery.FAILED)
    return sum(1 for _done in takewhile(lambda done: done in going_on, turns()))
