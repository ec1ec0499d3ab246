"""What a transaction changed is announced once, after its commit, to its tenant alone."""

from collections.abc import Iterable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tessere.domains.notifications import steps, tasks
from tessere.domains.notifications.models import Change
from tessere.foundation.errors import Refusal
from tests.domains.redemptions.stories import make_bon, pay, present
from tests.factories.world import NOON, World, make_world

pytestmark = pytest.mark.django_db

Told = list[tuple[int, list[str]]]


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> Told:
    """What the relay announced: tenants and topics, message by message."""
    announced: Told = []
    write = tasks.messages

    def messages(*, tenant_id: int, topics: Iterable[str]) -> list[str]:
        announced.append((tenant_id, sorted(set(topics))))
        return write(tenant_id=tenant_id, topics=topics)

    monkeypatch.setattr(tasks, "messages", messages)
    return announced


def settled(announced: Told) -> World:
    """A tenant whose first grants have been announced."""
    world = make_world()
    tasks.relay_changes()
    announced.clear()
    return world


def told(announced: Told, world: World) -> list[list[str]]:
    """What has been announced about a tenant since it was asked last."""
    about = [topics for tenant_id, topics in announced if tenant_id == world.tenant_id]
    announced[:] = [one for one in announced if one[0] != world.tenant_id]
    return about


def expected(world: World) -> list[str]:
    return [f"partner:{world.partner_id}", f"person:{world.beneficiary_id}"]


def left(world: World) -> int:
    with world.inside(), transaction.atomic():
        return Change.objects.count()


def test_payments_are_announced_once_for_a_batch(announced: Told) -> None:
    other, world = settled(announced), settled(announced)
    for _ in range(3):
        pay(world, 100)
    assert told(announced, world) == [], "nothing is announced by the payment itself"
    assert left(world) == 3
    tasks.relay_changes()
    assert told(announced, world) == [expected(world)]
    assert told(announced, other) == []
    assert left(world) == 0
    tasks.relay_changes()
    assert told(announced, world) == []


def test_a_bon_and_a_cancellation_are_announced(announced: Told) -> None:
    world = settled(announced)
    number = make_bon(world, 100)
    tasks.relay_changes()
    assert told(announced, world) == [[f"person:{world.beneficiary_id}"]]
    present(world, number)
    tasks.relay_changes()
    assert told(announced, world) == [expected(world)]


def test_grants_are_announced_to_each_person(announced: Told) -> None:
    world = settled(announced)
    world.grant(100, purse_id=world.theatre_purse_id)
    world.grant(100, purse_id=world.tennis_purse_id)
    tasks.relay_changes()
    assert told(announced, world) == [[f"person:{world.beneficiary_id}"]]


def test_a_refusal_and_a_rollback_announce_nothing(announced: Told) -> None:
    world = settled(announced)
    assert isinstance(getattr(pay(world, 20_000), "refusal", None), Refusal)
    with world.inside(), transaction.atomic():
        steps.enqueue(changed=["partner:1"], now=NOON)
        transaction.set_rollback(True)
    tasks.relay_changes()
    assert told(announced, world) == []


def test_a_relay_that_fails_announces_later(
    announced: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = settled(announced)
    pay(world, 100)
    with monkeypatch.context() as broken:
        broken.setattr(tasks, "CHANNEL", None)
        tasks.relay_changes()
    announced.clear()
    assert left(world) == 1
    tasks.relay_changes()
    assert told(announced, world) == [expected(world)]


def test_no_other_tenant_costs_a_statement() -> None:
    make_world()
    tasks.relay_changes()
    with CaptureQueriesContext(connection) as asked:
        assert tasks.relay_changes() == 0
    assert len(asked) == 1
