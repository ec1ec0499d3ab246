"""Roles, databases and grants inside a server."""

import psycopg
from psycopg import sql

from tessere.adapters.database_server.address import ServerAddress
from tessere.foundation.db.roles import APP_ROLE, OWNER_ROLE

SUPERUSER = "postgres"


def ensure_database(where: ServerAddress, name: str, *, template: str | None = None) -> bool:
    """Create a database that belongs to the owner, unless it is there; whether it was created."""
    with connect(where, SUPERUSER, "postgres") as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone():
            return False
        statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(name),
            sql.Identifier(OWNER_ROLE),
            sql.Identifier(template or "template0"),
        )
        if template is None:
            builtin = connection.info.server_version >= 170000
            statement += sql.SQL(
                " ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
                if builtin
                else " ENCODING 'UTF8' LOCALE 'C.UTF-8'"
            )
        connection.execute(statement)
        connection.execute(
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name))
        )
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(name), sql.Identifier(APP_ROLE)
            )
        )
    if template is None:
        grant_to_app(where.url(database=name, role=OWNER_ROLE))
    return True


def drop_database(where: ServerAddress, name: str) -> None:
    """Drop a database and whoever is connected to it."""
    with connect(where, SUPERUSER, "postgres") as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def grant_to_app(owner_url: str) -> None:
    """Let the serving role read and write what the owner creates from now on, never truncate it.

    Run as the owner, on any server: `tessere migrate` repeats it before each migration.
    """
    owner, app = sql.Identifier(OWNER_ROLE), sql.Identifier(APP_ROLE)
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
        future = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {app}",
            f"{future} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {{app}}",
            f"{future} GRANT USAGE ON SEQUENCES TO {{app}}",
        ):
            connection.execute(sql.SQL(statement).format(owner=owner, app=app))


def create_roles(where: ServerAddress) -> None:
    with connect(where, SUPERUSER, "postgres") as connection:
        present = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role, rights in (
            (OWNER_ROLE, "CREATEDB BYPASSRLS"),
            (APP_ROLE, "NOINHERIT"),
        ):
            if role not in present:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN {}").format(sql.Identifier(role), sql.SQL(rights))
                )


def connect(where: ServerAddress, role: str, database: str) -> psycopg.Connection:
    return psycopg.connect(
        where.url(database=database, role=role), autocommit=True, connect_timeout=10
    )
