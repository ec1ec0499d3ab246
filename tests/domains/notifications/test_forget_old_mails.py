"""Mails of long ago are forgotten with whoever got them."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import transaction

from tessere.domains.notifications.models import OutboxMail
from tessere.domains.notifications.rules import TRIES
from tessere.domains.notifications.tasks import forget_old_mails
from tests.factories.world import NOON, make_world

pytestmark = pytest.mark.django_db
LONG_AGO = NOON - timedelta(days=90, seconds=1)
LATELY = NOON - timedelta(days=90)


def test_old_mails_go_and_those_that_still_wait_stay() -> None:
    world = make_world()

    def mail(kind: str, *, at: datetime, sent_at: datetime | None, attempts: int = 0) -> None:
        OutboxMail.objects.create(
            kind=kind,
            recipient="a@b.example",
            created_at=at,
            due_at=at,
            sent_at=sent_at,
            attempts=attempts,
        )

    with world.inside(), transaction.atomic():
        mail("sent long ago", at=LONG_AGO, sent_at=LONG_AGO)
        mail("given up long ago", at=LONG_AGO, sent_at=None, attempts=TRIES)
        mail("sent lately", at=LATELY, sent_at=LATELY)
        mail("given up lately", at=LATELY, sent_at=None, attempts=TRIES)
        mail("waiting", at=LONG_AGO, sent_at=None, attempts=TRIES - 1)
    with time_machine.travel(NOON, tick=False):
        assert forget_old_mails() == 2
        assert forget_old_mails() == 0
    with world.inside():
        kinds = OutboxMail.objects.order_by("pk").values_list("kind", flat=True)
        assert list(kinds) == ["sent lately", "given up lately", "waiting"]
