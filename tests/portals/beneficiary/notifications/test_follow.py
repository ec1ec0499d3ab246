"""Which topics the stream of a beneficiary's account is about."""

import pytest

from tests.factories.world import World
from tests.portals.people import signed_in

pytestmark = pytest.mark.django_db


def test_the_stream_is_about_the_people_of_the_account(world: World) -> None:
    person = signed_in(world, world.beneficiary_email, door="beneficiary")
    answer = person.get("/beneficiary/live/")
    assert answer["Content-Type"] == "text/event-stream"
    assert answer.tenant_id == world.tenant_id
    assert answer.topics == (f"person:{world.beneficiary_id}",)
