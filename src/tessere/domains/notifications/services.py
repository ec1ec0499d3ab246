from datetime import datetime

import structlog
from django.db.models import F
from django.template import TemplateDoesNotExist, TemplateSyntaxError

from tessere.adapters.mail import Mailer, MailRefused, MailServerAway, OutgoingMail
from tessere.domains.branding import queries as branding
from tessere.domains.notifications.models import OutboxMail
from tessere.domains.notifications.rendering import render_mail
from tessere.domains.notifications.rules import wait_after
from tessere.domains.notifications.types import Delivery
from tessere.foundation.actor import Actor
from tessere.foundation.links import base_url
from tessere.foundation.use_case import use_case

log = structlog.get_logger(__name__)

_LONGEST_ERROR = 200


@use_case("notifications.deliver")
def deliver(
    *,
    actor: Actor,  # noqa: ARG001  judged by the decorator
    host: str,
    mailer: Mailer,
    now: datetime,
) -> Delivery:
    """Send the mail of the tenant that has been due for longest, if there is one.

    One mail a transaction: its row stays locked while it is sent, so that another worker takes
    the next one, and a crash before the commit sends it again under the same Message-ID. A mail
    that fails is tried again later; once sent, its context is forgotten, for it may hold a link.
    """
    due = OutboxMail.objects.filter(sent_at=None, due_at__lte=now).order_by("due_at", "pk")
    row = due.select_for_update(skip_locked=True, no_key=True).first()
    if row is None:
        return Delivery.NOTHING_DUE
    try:
        mailer.send(_mail(row, host=host))
    except (MailRefused, TemplateDoesNotExist, TemplateSyntaxError) as error:
        log.warning("mail_refused", kind=row.kind, mail=row.pk, error=str(error))
        _put_off(row, error=error, now=now)
        return Delivery.REFUSED
    except MailServerAway as error:
        _put_off(row, error=error, now=now)
        return Delivery.SERVER_AWAY
    OutboxMail.objects.filter(pk=row.pk).update(sent_at=now, context={}, last_error="")
    return Delivery.SENT


def _mail(row: OutboxMail, *, host: str) -> OutgoingMail:
    brand = branding.brand()
    subject, text = render_mail(
        kind=row.kind, context=row.context, brand=brand, base_url=base_url(host=host)
    )
    return OutgoingMail(
        message_id=f"<outbox-{row.tenant_id}-{row.pk}@{host}>",
        sender_name=brand.name if brand else host,
        recipient=row.recipient,
        reply_to=brand.contact.email if brand and brand.contact else "",
        subject=subject,
        text=text,
    )


def _put_off(row: OutboxMail, *, error: Exception, now: datetime) -> None:
    OutboxMail.objects.filter(pk=row.pk).update(
        attempts=F("attempts") + 1,
        last_error=f"{type(error).__name__}: {error}"[:_LONGEST_ERROR],
        due_at=now + wait_after(attempts=row.attempts + 1),
    )
