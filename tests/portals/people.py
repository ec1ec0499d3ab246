"""People at their browsers: clients that have signed in at their own door."""

from uuid import uuid4

from django.test import Client

from tests.factories.world import PASSWORD, World

DOORS = {"partner": "/sign-in/partner/", "beneficiary": "/sign-in/beneficiary/"}


def visitor(world: World) -> Client:
    """Somebody who did not sign in."""
    return Client(HTTP_HOST=world.host)


def signed_in(world: World, email: str, *, door: str = "partner") -> Client:
    """Somebody who did, by the form."""
    client = visitor(world)
    answer = client.post(
        DOORS[door], {"key": str(uuid4()), "email": email, "password": PASSWORD}
    )
    assert answer.status_code == 303, answer.content.decode()
    return client
