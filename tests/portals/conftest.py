"""Stories of the portals are told at one moment: noon of a day in the vintage."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.world import NOON, World, make_world


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The time, which a story may move on."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world(clock: time_machine.Traveller) -> World:
    """A tenant at noon."""
    return make_world()
