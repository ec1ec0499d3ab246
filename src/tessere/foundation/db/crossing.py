"""One question over the wall: which tenants have something to do. The answer is ids, no more."""

from datetime import datetime
from string import Template

from django.db import connection
from django.db.migrations.operations import RunSQL
from django.db.migrations.operations.base import Operation
from psycopg import sql

from tessere.foundation.db.roles import APP_ROLE

_CREATE = Template("""
CREATE FUNCTION $function(instant timestamptz) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
AS $$$$ SELECT DISTINCT tenant_id FROM $table WHERE $condition $$$$;
REVOKE ALL ON FUNCTION $function(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION $function(timestamptz) TO $role;
""")


def tenants_where(function: str, *, table: str, condition: str) -> Operation:
    """A migration's operation: a function of the owner that names the tenants with such rows.

    `condition` sees the argument `instant`. The serving role may call it, and learns nothing of the
    rows: it asks each tenant that is named, behind the wall.
    """
    return RunSQL(
        _CREATE.substitute(function=function, table=table, condition=condition, role=APP_ROLE),
        f"DROP FUNCTION {function}(timestamptz)",
    )


def tenant_ids(function: str, instant: datetime) -> frozenset[int]:
    """The tenants that such a function names at an instant. One statement for all of them."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT * FROM {}(%s)").format(sql.Identifier(function)), [instant])
        return frozenset(tenant_id for (tenant_id,) in cursor.fetchall())
