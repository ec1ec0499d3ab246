"""The relay serves every tenant, whatever happens to one of them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as sent_mails
from django.db import transaction

from tessere.domains.notifications import steps, tasks
from tessere.domains.notifications.models import OutboxMail
from tessere.domains.notifications.rules import TRIES
from tessere.domains.notifications.services import deliver
from tessere.domains.notifications.types import Delivery, NewMail
from tessere.foundation.db.crossing import tenant_ids
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


def due(at: datetime = NOON) -> frozenset[int]:
    return tenant_ids("notifications_tenants_due", at)


def test_only_tenants_with_a_mail_to_send_are_named() -> None:
    quiet, sent, given_up, later, busy = (make_world() for _each in range(5))
    for world in (sent, given_up, later, busy):
        enqueue(world)
    for world, values in (
        (sent, {"sent_at": NOON}),
        (given_up, {"attempts": TRIES}),
        (later, {"due_at": NOON + timedelta(seconds=1)}),
    ):
        with world.inside():
            OutboxMail.objects.update(**values)
    ours = {world.tenant_id for world in (quiet, sent, given_up, later, busy)}
    assert due() & ours == {busy.tenant_id}
    assert due(NOON + timedelta(seconds=1)) & ours == {busy.tenant_id, later.tenant_id}
    with given_up.inside():
        OutboxMail.objects.update(attempts=TRIES - 1)
    assert given_up.tenant_id in due()


def test_a_turn_without_mails_costs_one_statement(django_assert_num_queries: Any) -> None:
    for _each in range(3):
        make_world()
    with time_machine.travel(NOON - timedelta(days=3_650), tick=False):
        with django_assert_num_queries(1):
            assert tasks.relay_mails() == 0
