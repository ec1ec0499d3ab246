"""The relay serves every tenant, whatever happens to one of them."""

from typing import Any

import pytest
from django.core import mail as sent_mails
from django.db import transaction

from tessere.domains.notifications import steps, tasks
from tessere.domains.notifications.models import OutboxMail
from tessere.domains.notifications.services import deliver
from tessere.domains.notifications.types import Delivery, NewMail
from tests.factories.world import NOON, World, make_world

pytestmark = pytest.mark.django_db


def enqueue(world: World) -> None:
    link = {"name": "", "email": "a@b.example", "path": "/password/reset/1/x/"}
    mail = NewMail(kind="identity/reset", recipient=world.partner_email, context=link)
    with world.inside(), transaction.atomic():
        steps.enqueue(mails=[mail], now=NOON)


def waiting(world: World) -> int:
    with world.inside():
        return OutboxMail.objects.filter(sent_at=None).count()


def test_one_tenant_that_fails_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, whole = make_world(), make_world()
    enqueue(broken)
    enqueue(whole)

    def deliver_or_break(*, host: str, **given: Any) -> Delivery:
        if host == broken.host:
            raise RuntimeError("this tenant's rows cannot be read")
        return deliver(host=host, **given)

    monkeypatch.setattr(tasks, "deliver", deliver_or_break)
    assert tasks.relay_mails() >= 1
    assert (waiting(broken), waiting(whole)) == (1, 0)
    assert whole.partner_email in [mail.to[0] for mail in sent_mails.outbox]
