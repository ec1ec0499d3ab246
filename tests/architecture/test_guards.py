"""What the database itself refuses on rows that have to do with money, whoever asks."""

from datetime import timedelta
from itertools import permutations, product
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from psycopg import errors, sql

from tessere.domains.passes import services as passes
from tessere.domains.passes.lifecycle import VOUCHER_STEPS
from tessere.domains.passes.models import ExchangeVoucher
from tessere.domains.passes.types import VoucherStatus
from tessere.domains.redemptions.lifecycle import REDEMPTION_STEPS
from tessere.domains.redemptions.models import Redemption
from tessere.domains.redemptions.types import RedemptionStatus
from tests.domains.redemptions.stories import make_bon, pay, present
from tests.factories.world import NOON, World, make_world
from tests.plugins.database import owner_connection

APPEND_ONLY = {
    "audit_auditevent",
    "audit_auditseal",
    "ledger_account",
    "ledger_posting",
    "ledger_transfer",
    "passes_grant",
    "redemptions_cancellation",
}
NEVER_DELETED = {"passes_exchangevoucher", "passes_purse", "redemptions_redemption"}
# Rooms that hold value: a table of theirs without a guard makes the test fail.
ROOMS_OF_MONEY = ("ledger", "passes", "redemptions")
UNGUARDED = {"passes_pass"}


def _has_privilege(owner: psycopg.Connection, table: str, privilege: str) -> bool:
    row = owner.execute(
        "SELECT has_table_privilege('tessere_app', %s, %s)", [table, privilege]
    ).fetchone()
    return bool(row and row[0])


def test_every_table_of_money_is_guarded_or_named(django_db_setup: None) -> None:
    tables = {
        model._meta.db_table
        for room in ROOMS_OF_MONEY
        for model in apps.get_app_config(room).get_models()
    }
    assert tables - APPEND_ONLY - NEVER_DELETED == UNGUARDED


@pytest.mark.parametrize("table", sorted(APPEND_ONLY | NEVER_DELETED))
def test_the_serving_role_has_no_right_to_take_a_row_away(
    django_db_setup: None, table: str
) -> None:
    with owner_connection() as owner:
        assert not _has_privilege(owner, table, "DELETE")
        assert not _has_privilege(owner, table, "TRUNCATE")
        assert _has_privilege(owner, table, "UPDATE") is (table in NEVER_DELETED)


@pytest.mark.parametrize(
    ("table", "statement"),
    [
        *product(sorted(APPEND_ONLY | NEVER_DELETED), ["DELETE FROM {}", "TRUNCATE {} CASCADE"]),
        *product(sorted(APPEND_ONLY), ["UPDATE {} SET tenant_id = tenant_id"]),
    ],
)
@pytest.mark.conformance("S1-118")
def test_nor_does_the_owner_succeed(django_db_setup: None, table: str, statement: str) -> None:
    with owner_connection() as owner, pytest.raises(errors.RestrictViolation):
        owner.execute(statement.format(table))


def test_without_its_trigger_the_owner_would(django_db_setup: None) -> None:
    """Negative control: it is the trigger that refuses."""
    with owner_connection() as owner, owner.transaction(force_rollback=True):
        for table in sorted(NEVER_DELETED):
            name = sql.Identifier(f"{table}_never_deleted")
            owner.execute(sql.SQL("DROP TRIGGER {} ON {}").format(name, sql.Identifier(table)))
        owner.execute("DELETE FROM redemptions_redemption WHERE false")


def _change(table: str, row_id: int, **values: Any) -> None:
    """Change columns, as a forgetful programmer with the serving role would."""
    pairs = [sql.SQL("{} = %s").format(sql.Identifier(column)) for column in values]
    statement = sql.SQL("UPDATE {} SET {} WHERE id = %s").format(
        sql.Identifier(table), sql.SQL(", ").join(pairs)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [*values.values(), row_id])
        assert cursor.rowcount == 1


def _voucher_in(world: World, status: VoucherStatus) -> int:
    number = make_bon(world)
    if status is VoucherStatus.REDEEMED:
        present(world, number)
    elif status is VoucherStatus.CANCELLED:
        with world.inside():
            passes.cancel_voucher(actor=world.beneficiary, key=uuid4(), number=number, now=NOON)
    elif status is VoucherStatus.EXPIRED:
        with world.inside():
            later = NOON + timedelta(days=40)
            passes.expire_voucher(actor=world.platform, key=uuid4(), number=number, now=later)
    with world.inside():
        return ExchangeVoucher.objects.get(number=number).pk


@pytest.mark.django_db
@pytest.mark.parametrize(("old", "new"), list(permutations(VoucherStatus, 2)))
def test_a_bon_takes_the_steps_of_its_lifecycle_and_no_other(
    old: VoucherStatus, new: VoucherStatus
) -> None:
    world = make_world()
    row_id = _voucher_in(world, old)
    with world.inside():
        if new in VOUCHER_STEPS[old]:
            _change("passes_exchangevoucher", row_id, status=new.value, ended_at=NOON)
        else:
            with pytest.raises(DatabaseError, match="is not a step"):
                _change("passes_exchangevoucher", row_id, status=new.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"),
    [("amount_cents", 1), ("number", "000000000"), ("purse_id", 1), ("partner_id", 1)],
)
def test_what_a_bon_says_is_never_rewritten(column: str, value: Any) -> None:
    world = make_world()
    row_id = _voucher_in(world, VoucherStatus.ISSUED)
    with world.inside(), pytest.raises(DatabaseError, match="may change"):
        _change("passes_exchangevoucher", row_id, **{column: value})


@pytest.mark.django_db
def test_a_redemption_is_cancelled_once_and_never_accepted_again() -> None:
    assert {
        RedemptionStatus.ACCEPTED: frozenset({RedemptionStatus.CANCELLED}),
        RedemptionStatus.CANCELLED: frozenset(),
    } == REDEMPTION_STEPS
    world = make_world()
    pay(world, 900)
    with world.inside():
        row_id = Redemption.objects.get().pk
        _change("redemptions_redemption", row_id, status=RedemptionStatus.CANCELLED.value)
        with pytest.raises(DatabaseError, match="is not a step"):
            _change("redemptions_redemption", row_id, status=RedemptionStatus.ACCEPTED.value)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount_cents", 1),
        ("partner_id", 1),
        ("purse_id", 1),
        ("accepted_at", NOON.replace(year=2027)),
    ],
)
def test_what_an_operation_says_is_never_rewritten(column: str, value: Any) -> None:
    world = make_world()
    pay(world, 900)
    with world.inside():
        row_id = Redemption.objects.get().pk
        _change("redemptions_redemption", row_id, partner_reference="Ma référence")
        with pytest.raises(DatabaseError, match="may change"):
            _change("redemptions_redemption", row_id, **{column: value})
