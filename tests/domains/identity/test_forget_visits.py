"""What served sessions and pauses goes once nobody can use it any more."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from tessere.domains.identity.models import Session, SignInThrottle
from tessere.domains.identity.tasks import forget_visits
from tests.factories.world import NOON, make_world

pytestmark = pytest.mark.django_db
MOMENT = timedelta(seconds=1)


def test_expired_sessions_and_old_throttles_go_and_no_others() -> None:
    worlds = [make_world(), make_world()]
    for world in worlds:
        with world.inside(), transaction.atomic():
            for key, expires in (("over", NOON - MOMENT), ("open", NOON + MOMENT)):
                Session.objects.create(session_key=key, session_data="", expire_date=expires)
            for name, age in (("old", timedelta(days=2) + MOMENT), ("young", timedelta(days=2))):
                SignInThrottle.objects.create(subject=name, failures=9, last_failure=NOON - age)
    with time_machine.travel(NOON, tick=False):
        assert forget_visits() >= 4
        forget_visits()
    for world in worlds:
        with world.inside():
            assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
            assert list(SignInThrottle.objects.values_list("subject", flat=True)) == ["young"]
