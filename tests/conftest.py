"""The tenant that most stories begin with."""

import pytest

from tests.factories.world import World, make_world


@pytest.fixture
def world() -> World:
    return make_world()
