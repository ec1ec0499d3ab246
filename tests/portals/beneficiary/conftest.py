"""A beneficiary at her portal."""

import pytest
from django.test import Client

from tests.factories.world import World
from tests.portals.people import signed_in


@pytest.fixture
def lina(world: World) -> Client:
    """Lina's browser, signed in."""
    return signed_in(world, world.beneficiary_email, door="beneficiary")
