"""The tenant is a wall: every key, index and policy of every walled table, as PostgreSQL has it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from django.apps import apps
from django.db import connection, models

from tessere.foundation.db.wall.schema import OWN_ROWS, is_walled
from tests.plugins.database import owner_connection

# What no tenant owns. A table that is in neither list makes the test fail.
WITHOUT_WALL = {"tenants_tenant", "django_migrations"}
# The schema editor's condition, in PostgreSQL's own spelling.
OWN_ROWS_AS_STORED = (
    "(tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::bigint)"
)
THIRD_PARTY_PREFIXES = ("procrastinate_",)


@dataclass(frozen=True)
class Table:
    name: str
    walled: bool
    forced: bool
    policies: list[tuple[str, str, str]]
    primary_key: list[str]
    foreign_keys: list[tuple[list[str], str, list[str]]]
    uniques: list[list[str]]
    indexes: list[list[str]]


def _columns(cursor, table: str, numbers: Iterable[int]) -> list[str]:
    cursor.execute(
        "SELECT attnum, attname FROM pg_attribute WHERE attrelid = %s::regclass", [table]
    )
    names = dict(cursor.fetchall())
    return [names.get(number, "(expression)") for number in numbers]


def read_table(cursor, name: str) -> Table:
    cursor.execute(
        "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [name]
    )
    walled, forced = cursor.fetchone()
    cursor.execute(
        "SELECT polname, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)"
        " FROM pg_policy WHERE polrelid = %s::regclass",
        [name],
    )
    policies = cursor.fetchall()
    cursor.execute(
        "SELECT contype, conkey, confrelid::regclass::text, confkey FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype IN ('p', 'f', 'u')",
        [name],
    )
    constraints = cursor.fetchall()
    cursor.execute(
        "SELECT indkey::int2[] FROM pg_index WHERE indrelid = %s::regclass AND NOT indisprimary",
        [name],
    )
    indexes = [_columns(cursor, name, row[0]) for row in cursor.fetchall()]
    return Table(
        name=name,
        walled=walled,
        forced=forced,
        policies=policies,
        primary_key=next(
            _columns(cursor, name, key) for kind, key, _, _ in constraints if kind == "p"
        ),
        foreign_keys=[
            (_columns(cursor, name, key), target, _columns(cursor, target, target_key))
            for kind, key, target, target_key in constraints
            if kind == "f"
        ],
        uniques=[_columns(cursor, name, key) for kind, key, _, _ in constraints if kind == "u"],
        indexes=indexes,
    )


def faults(table: Table, *, walled_tables: set[str]) -> list[str]:
    """What is wrong with a walled table."""
    found = []
    if not (table.walled and table.forced):
        found.append("row-level security is not forced")
    if len(table.policies) != 1:
        found.append(f"{len(table.policies)} policies instead of one")
    for name, using, check in table.policies:
        if name != "wall" or not using == check == OWN_ROWS_AS_STORED:
            found.append(f"policy {name} is not the wall")
    if table.primary_key[0] != "tenant_id" or len(table.primary_key) != 2:
        found.append(f"primary key {table.primary_key}")
    found += faults_of_keys(table, walled_tables=walled_tables)
    found += [
        f"index {columns} does not begin with the tenant"
        for columns in (*table.uniques, *table.indexes)
        if columns[0] != "tenant_id"
    ]
    return [f"{table.name}: {fault}" for fault in found]


def faults_of_keys(table: Table, *, walled_tables: set[str]) -> Iterator[str]:
    """What is wrong with its foreign keys."""
    for columns, target, target_columns in table.foreign_keys:
        if target not in walled_tables:
            yield f"foreign key to {target}, which has no wall"
        elif columns[0] != "tenant_id" or target_columns[0] != "tenant_id":
            yield f"foreign key {columns} to {target} does not equate the tenants"


def walled_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if is_walled(model)]


@pytest.mark.django_db
def test_every_walled_table_stands_behind_the_wall() -> None:
    names = {model._meta.db_table for model in walled_models()}
    with connection.cursor() as cursor:
        tables = [read_table(cursor, name) for name in sorted(names)]
    assert len(tables) > 20
    assert [fault for table in tables for fault in faults(table, walled_tables=names)] == []


@pytest.mark.django_db
def test_every_foreign_key_of_a_model_is_one_in_the_database() -> None:
    with connection.cursor() as cursor:
        for model in walled_models():
            table = read_table(cursor, model._meta.db_table)
            present = {columns[-1] for columns, _, _ in table.foreign_keys}
            declared = {
                field.column
                for field in model._meta.local_fields
                if isinstance(field, models.ForeignKey) and field.name != "tenant"
            }
            assert declared == present, model._meta.label


@pytest.mark.django_db
def test_every_other_table_is_named() -> None:
    names = {model._meta.db_table for model in walled_models()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        present = {row[0] for row in cursor.fetchall()}
    others = {
        name for name in present - names - WITHOUT_WALL if not name.startswith(THIRD_PARTY_PREFIXES)
    }
    assert others == set()


@pytest.mark.django_db
def test_no_one_to_one_and_no_automatic_many_to_many() -> None:
    for model in walled_models():
        assert not any(isinstance(f, models.OneToOneField) for f in model._meta.local_fields)
        assert not model._meta.local_many_to_many, model._meta.label


def test_the_check_sees_a_hole(django_db_setup: None) -> None:
    """Negative control: a table made without the wall has every fault."""
    with owner_connection() as owner:
        owner.execute(
            "CREATE TABLE hole (id bigint PRIMARY KEY, tenant_id bigint,"
            " account_id bigint UNIQUE, partner_id bigint);"
            "CREATE INDEX ON hole (partner_id);"
            f"CREATE POLICY wall ON hole USING ({OWN_ROWS} OR true) WITH CHECK ({OWN_ROWS})"
        )
        try:
            with owner.cursor() as cursor:
                table = read_table(cursor, "hole")
        finally:
            owner.execute("DROP TABLE hole")
    text = " ".join(faults(table, walled_tables=set()))
    assert "not forced" in text and "wall is not the wall" in text and "primary key" in text
    assert "['account_id']" in text and "['partner_id']" in text


def test_the_roles_are_what_they_should_be(django_db_setup: None) -> None:
    with owner_connection() as owner:
        rows = owner.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname LIKE 'tessere_%'"
        ).fetchall()
    assert sorted(rows) == [("tessere_app", False, False), ("tessere_owner", False, True)]
