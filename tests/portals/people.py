"""People at their browsers: clients that have signed in at their own door, and what they read."""

import html
import re
from typing import Any
from uuid import uuid4

from django.test import Client

from tessere.domains.notifications.models import OutboxMail
from tests.factories.world import PASSWORD, World

DOORS = {"partner": "/sign-in/partner/", "beneficiary": "/sign-in/beneficiary/"}
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def visitor(world: World) -> Client:
    """Somebody who did not sign in."""
    return Client(HTTP_HOST=world.host)


def sign_in(
    client: Client, email: str, password: str = PASSWORD, *, door: str = "partner", **typed: str
) -> Any:
    """Fill in the form of a door; the answer."""
    filled = {"key": str(uuid4()), "email": email, "password": password, **typed}
    return client.post(DOORS[door], filled)


def signed_in(world: World, email: str, *, door: str = "partner") -> Client:
    """Somebody who did, by the form."""
    client = visitor(world)
    answer = sign_in(client, email, door=door)
    assert answer.status_code == 303, read(answer)
    return client


def read(answer: Any) -> str:
    """What a page says: no tags, one kind of space."""
    text = re.sub(
        r"<(script|style|svg)\b.*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S
    )
    return _SPACES.sub(" ", html.unescape(text)).strip()


def mails_to(world: World, address: str) -> list[OutboxMail]:
    """The mails that wait for an address, oldest first."""
    with world.inside():
        return list(OutboxMail.objects.filter(recipient=address).order_by("pk"))
