"""A link to a new password: at most a few an hour, and never a word about who has an account."""

from datetime import timedelta

import pytest

from tessere.domains.identity import services
from tessere.domains.notifications.models import OutboxMail
from tests.factories.world import NOON, World, make_world


def ask(world: World, email: str, minutes: int) -> None:
    with world.inside():
        services.request_link(
            actor=world.platform, email=email, now=NOON + timedelta(minutes=minutes)
        )


def links(world: World) -> int:
    with world.inside():
        return OutboxMail.objects.filter(kind__startswith="identity/").count()


@pytest.mark.django_db
def test_a_mailbox_cannot_be_flooded() -> None:
    world = make_world()
    for minute in range(20):
        ask(world, world.partner_email, minute)
    assert links(world) == 4
    ask(world, world.partner_email, 61)
    assert links(world) == 5


@pytest.mark.django_db
def test_an_unknown_address_gets_nothing() -> None:
    world = make_world()
    ask(world, "personne@nulle-part.example", 0)
    assert links(world) == 0
