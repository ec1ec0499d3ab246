"""The doctor: sound books pass, and one planted error is found and named."""

import subprocess
import sys
import time
from uuid import uuid4

import pytest
from django.db import transaction

from tessere.domains.audit import steps as audit
from tessere.domains.passes import services as passes
from tessere.domains.passes.models import Purse
from tessere.domains.redemptions import services
from tessere.domains.redemptions.types import Channel, Payment
from tessere.processes.examination import examine, explain_purse
from tests.factories.world import NOON, World, make_world
from tests.plugins.database import owner_connection


def spend(world: World) -> str:
    """One of everything: a payment, a bon to use, a cancelled payment. Gives the first number."""
    with world.inside():
        outcomes = services.accept(
            actor=world.beneficiary,
            requests=[
                Payment(
                    key=uuid4(),
                    channel=Channel.PARTNER_QR,
                    purse_id=world.theatre_purse_id,
                    partner_id=world.partner_id,
                    amount_cents=cents,
                )
                for cents in (900, 400)
            ],
            now=NOON,
        )
        passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=700,
            now=NOON,
        )
        services.cancel(actor=world.partner, key=uuid4(), number=outcomes[1].number, now=NOON)
    return outcomes[0].number


def faults(world: World) -> dict[str, str]:
    with world.inside():
        return {check.name: check.fault for check in examine().checks if check.fault}


@pytest.mark.django_db
def test_sound_books_pass() -> None:
    world = make_world()
    spend(world)
    assert faults(world) == {}
    with world.inside():
        totals = {kind: cents for kind, _count, cents in examine().totals}
    assert totals == {"fund": -10_000, "purse": 8_400, "held": 700, "payable": 900}


@pytest.mark.django_db
def test_a_purse_is_explained_line_by_line() -> None:
    world = make_world()
    spend(world)
    with world.inside():
        lines = list(explain_purse(purse_id=world.theatre_purse_id))
    assert len(lines) == 6
    commands = [line.split()[2] for line in lines[1:]]
    assert commands == [
        "passes.grant",
        "redemptions.accept",
        "redemptions.accept",
        "passes.create_voucher",
        "redemptions.cancel",
    ]
    assert "84,00" in lines[-1] and "7,00" in lines[-1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "named"),
    [
        ("spent_cents", "every purse says what its transfers say"),
        ("held_cents", "every held cent belongs to a bon still to use"),
        ("granted_cents", "every granted cent has its grant"),
    ],
)
def test_a_purse_that_was_tampered_with_is_named(column: str, named: str) -> None:
    world = make_world()
    spend(world)
    with world.inside():
        purse = Purse.objects.get(pk=world.theatre_purse_id)
        Purse.objects.filter(pk=purse.pk).update(**{column: getattr(purse, column) + 1})
    found = faults(world)
    assert named in found
    assert f"passes_purse {world.theatre_purse_id}" in found[named]


def as_owner(statement: str, table: str) -> None:
    """What only the owner can do: switch the guards of a table off, tamper, switch them on."""
    with owner_connection() as owner, owner.transaction():
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(statement)
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_an_operation_without_its_transfers_is_named(committing: None) -> None:
    world = make_world()
    number = spend(world)
    as_owner(
        f"UPDATE redemptions_redemption SET amount_cents = amount_cents + 1"
        f" WHERE tenant_id = {world.tenant_id} AND number = '{number}'",
        "redemptions_redemption",
    )
    found = faults(world)
    assert number in found["every operation has its transfers, every cancellation its reversal"]
    assert "every spent cent belongs to an operation" in found
    assert "every payable is the sum of its operations" in found


def seal(world: World) -> None:
    """Chain the journal; what others on the same server are still writing makes it wait."""
    for _ in range(200):
        with world.inside(), transaction.atomic():
            if audit.seal(now=NOON):
                return
        time.sleep(0.1)
    raise AssertionError("nothing was sealed")


def test_a_changed_line_of_the_journal_is_noticed(committing: None) -> None:
    world = make_world()
    spend(world)
    seal(world)
    assert faults(world) == {}
    as_owner(
        f"UPDATE audit_auditevent SET user_id = 0 WHERE tenant_id = {world.tenant_id}",
        "audit_auditevent",
    )
    assert "the hash does not fit" in faults(world)["the journal is whole"]


def test_the_command_says_it_and_exits_with_one(committing: None) -> None:
    world = make_world()
    spend(world)
    slug = world.host.removesuffix(".localhost")
    command = [sys.executable, "-m", "tessere.config.cli", "doctor", "--tenant", slug]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, "WRONG" in done.stdout) == (0, False), done.stdout + done.stderr
    with world.inside(), transaction.atomic():
        Purse.objects.filter(pk=world.tennis_purse_id).update(granted_cents=5)
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert f"passes_purse {world.tennis_purse_id}" in done.stdout
