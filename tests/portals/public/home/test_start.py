"""Where the icon of a home screen leads."""

import pytest

from tests.factories.world import World
from tests.portals.people import signed_in, visitor

pytestmark = pytest.mark.django_db


def test_everybody_comes_to_a_space_of_their_own(world: World) -> None:
    people = {
        "/": visitor(world),
        "/partner/": signed_in(world, world.cashier_email),
        "/beneficiary/": signed_in(world, world.beneficiary_email, door="beneficiary"),
    }
    for path, client in people.items():
        assert client.get("/start/")["Location"] == path
