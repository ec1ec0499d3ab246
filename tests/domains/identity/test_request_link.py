"""A link to a new password: at most a few an hour, and never a word about who has an account."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tessere.domains.audit.models import AuditEvent
from tessere.domains.identity import services, steps
from tessere.domains.notifications.models import OutboxMail
from tests.domains.identity.work import NEWCOMER, statements
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


UNKNOWN = "personne@nulle-part.example"


def asked_of_the_database(world: World, email: str, minutes: int = 0) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        ask(world, email, minutes)
    return statements(queries)


@pytest.mark.conformance("S1-06")
def test_every_address_costs_the_same_work(world: World, hashes: list[str]) -> None:
    known = asked_of_the_database(world, world.partner_email)
    for email in (UNKNOWN, NEWCOMER, world.cashier_email):
        assert asked_of_the_database(world, email) == known, email
    for minute in range(5):
        assert asked_of_the_database(world, world.partner_email, minute) == known
    assert sum("INSERT" in statement for statement in known) == 2
    assert not hashes


@pytest.mark.conformance("S1-06")
def test_only_owners_get_mail(world: World) -> None:
    for email in (world.partner_email, UNKNOWN, NEWCOMER, world.cashier_email):
        ask(world, email, 0)
    with world.inside():
        mails = OutboxMail.objects.order_by("pk").values_list("kind", "recipient")
        assert list(mails) == [
            ("identity/activation", NEWCOMER),
            ("identity/reset", world.partner_email),
            ("identity/activation", NEWCOMER),
        ]
        journal = AuditEvent.objects.filter(event__endswith="_link_sent")
        assert journal.count() == 3
        assert not journal.filter(subject="user:0").exists()


def test_whoever_asks_for_them_the_mails_of_an_hour_are_counted_together(world: World) -> None:
    for minute in range(3):
        with world.inside(), transaction.atomic():
            steps.tell_owner(
                actor=world.platform,
                email=world.partner_email,
                now=NOON + timedelta(minutes=minute),
            )
        ask(world, world.partner_email, minute)
    assert links(world) == 4 + 1
