"""Stories of the door are told at one moment: noon of a day in the vintage."""

from tests.portals.conftest import clock, world

__all__ = ["clock", "world"]
