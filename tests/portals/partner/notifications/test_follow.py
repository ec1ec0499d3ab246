"""Which topics the stream of a structure's people is about."""

import pytest

from tests.factories.world import World
from tests.portals.people import signed_in

pytestmark = pytest.mark.django_db


def test_the_stream_is_about_the_own_structure(world: World) -> None:
    for email in (world.partner_email, world.cashier_email):
        answer = signed_in(world, email).get("/partner/live/", headers={"Last-Event-ID": "a.1"})
        assert answer["Content-Type"] == "text/event-stream"
        assert answer["X-Accel-Buffering"] == "no"
        assert answer["Cache-Control"] == "no-store"
        assert (answer.tenant_id, answer.last_seen) == (world.tenant_id, "a.1")
        assert answer.topics == (f"partner:{world.partner_id}",)
