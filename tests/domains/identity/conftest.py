"""Ways to see how much work was done, since time tells who has an account."""

from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import transaction

from tessere.domains.identity import steps
from tessere.domains.identity.models import User
from tests.domains.identity.work import NEWCOMER
from tests.factories.world import NOON, World, make_world


@pytest.fixture
def world(db: None) -> World:
    """A tenant with a known address, a disabled one, and one that waits for its activation."""
    world = make_world()
    with world.inside(), transaction.atomic():
        steps.invite_user(
            actor=world.platform, email=NEWCOMER, first_name="Nora", last_name="Vidal", now=NOON
        )
        User.objects.filter(email=world.cashier_email).update(is_active=False)
    return world


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one entry each time that a password is hashed, to keep it or to compare it."""
    made: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, salt: str) -> str:
        made.append(salt)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return made
