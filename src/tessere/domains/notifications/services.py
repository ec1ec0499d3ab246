from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError

from tessere.adapters.mail import Mailer, MailServerAway, OutgoingMail
from tessere.domains.branding import queries as branding
from tessere.domains.notifications import steps
from tessere.domains.notifications.models import OutboxMail
from tessere.domains.notifications.rendering import render_mail
from tessere.domains.notifications.rules import MESSAGES_AN_HOUR, TRIES, rest_at_age, wait_after
from tessere.domains.notifications.types import (
    Delivery,
    Message,
    NewMail,
    NobodyThere,
    TooManyMessages,
    partner_topic,
)
from tessere.foundation.actor import Actor
from tessere.foundation.links import base_url
from tessere.foundation.use_case import use_case

log = structlog.get_logger(__name__)

_LONGEST_ERROR = 200
_MESSAGE = "notifications/message"


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
    the next one, and a crash before the commit sends it again under the same Message-ID. Once
    sent, its context is forgotten, for it may hold a link. A mail that fails, whatever the reason,
    is tried again later and given up after TRIES; a server that is away is no fault of the mail.
    """
    due = OutboxMail.objects.filter(sent_at=None, attempts__lt=TRIES, due_at__lte=now)
    row = due.order_by("due_at", "pk").select_for_update(skip_locked=True, no_key=True).first()
    if row is None:
        return Delivery.NOTHING_DUE
    this = OutboxMail.objects.filter(pk=row.pk)
    try:
        mailer.send(_mail(row, host=host))
    except DatabaseError:
        raise
    except MailServerAway as away:
        this.update(due_at=now + rest_at_age(now - row.created_at), last_error=_words(away))
        return Delivery.SERVER_AWAY
    except Exception as error:
        tries = row.attempts + 1
        given_up = tries >= TRIES
        log.exception("mail_failed", kind=row.kind, mail=row.pk, tries=tries, given_up=given_up)
        due_at = now + wait_after(attempts=tries)
        this.update(attempts=tries, due_at=due_at, last_error=_words(error))
        return Delivery.FAILED
    this.update(sent_at=now, context={}, last_error="")
    return Delivery.SENT


@use_case("notifications.write")
def write(
    *,
    actor: Actor,  # noqa: ARG001  judged by the decorator
    message: Message,
    now: datetime,
) -> None:
    """Mail what a person wrote to a contact point, which answers to that person (S1-150).

    Errors: TooManyMessages, for all visitors of the tenant together; NobodyThere.
    """
    points = branding.contact_points()
    if not 0 <= message.point < len(points):
        raise NobodyThere
    lately = OutboxMail.objects.filter(kind=_MESSAGE, created_at__gt=now - timedelta(hours=1))
    if lately.count() >= MESSAGES_AN_HOUR:
        raise TooManyMessages
    context = {"name": message.name, "reply_to": message.email, "text": message.text}
    recipient = points[message.point].email
    steps.enqueue(mails=[NewMail(kind=_MESSAGE, recipient=recipient, context=context)], now=now)


@use_case("notifications.mark_seen")
def mark_seen(*, actor: Actor, until: datetime, now: datetime) -> None:
    """Mark what happened in the actor's structure as read, up to the instant that they saw (S1-71).

    What comes meanwhile stays unread, and so does what is still to come: an instant later than now
    counts as now.
    """
    assert actor.user_id is not None
    steps.mark_seen(
        user_id=actor.user_id, topic=partner_topic(actor.partner_id), until=min(until, now)
    )


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]


def _mail(row: OutboxMail, *, host: str) -> OutgoingMail:
    brand = branding.brand()
    subject, text = render_mail(
        kind=row.kind, context=row.context, brand=brand, base_url=base_url(host=host)
    )
    return OutgoingMail(
        message_id=f"<outbox-{row.tenant_id}-{row.pk}@{host}>",
        sender_name=brand.name if brand else host,
        recipient=row.recipient,
        reply_to=row.context.get("reply_to")
        or (brand.contact.email if brand and brand.contact else ""),
        subject=subject,
        text=text,
    )
