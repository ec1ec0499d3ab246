"""A beneficiary at her portal, in a small tenant, on a day in June."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from tests.factories.world import NOON, PASSWORD, World, make_world


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """Noon, until a story moves it: `clock.shift(timedelta(days=1))`."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def enter(world: World) -> Callable[[str], Client]:
    """Sign in as a beneficiary: `enter(world.beneficiary_email)`."""

    def sign_in(email: str) -> Client:
        client = Client(HTTP_HOST=world.host)
        typed = {"key": str(uuid4()), "email": email, "password": PASSWORD}
        answer = client.post("/sign-in/beneficiary/", typed)
        assert answer.status_code == 303, answer.content.decode()
        return client

    return sign_in


@pytest.fixture
def lina(world: World, enter: Callable[[str], Client]) -> Client:
    """Lina's browser, signed in."""
    return enter(world.beneficiary_email)


def words(answer: Any) -> str:
    """What a page says, in one line."""
    body = re.sub(r"(?s)<head>.*?</head>|<svg.*?</svg>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))
