"""The database of a command: the one that `DATABASE_URL` names, else a server of our own."""

from collections.abc import Iterator
from contextlib import contextmanager

from tessere.adapters import database_server
from tessere.config.environment import ConfigurationError, text, var_folder
from tessere.foundation.db.roles import APP_ROLE, OWNER_ROLE

NAME = "tessere"


def database_url() -> str:
    """`DATABASE_URL` for the serving role, `DATABASE_OWNER_URL` for migrations; else our server.

    `TESSERE_DATABASE_ROLE=owner` is set by the commands that change the schema, by nothing else.
    """
    role = text("TESSERE_DATABASE_ROLE", "app")
    if role not in {"app", "owner"}:
        raise ConfigurationError(f"TESSERE_DATABASE_ROLE must be app or owner, not {role!r}")
    if text("DATABASE_URL"):
        name = "DATABASE_URL" if role == "app" else "DATABASE_OWNER_URL"
        if not text(name):
            raise ConfigurationError(f"{name} is needed beside DATABASE_URL to migrate")
        return text(name)
    return database_server.address(var_folder() / "pg").url(
        database=NAME,
        role=APP_ROLE if role == "app" else OWNER_ROLE,
    )


@contextmanager
def available() -> Iterator[None]:
    """Have a database for the block. Whoever started our server stops it."""
    folder = var_folder() / "pg"
    if text("DATABASE_URL") or database_server.is_running(folder):
        yield
        return
    where = database_server.start(folder)
    try:
        database_server.ensure_database(where, NAME)
        yield
    finally:
        database_server.stop(folder)
