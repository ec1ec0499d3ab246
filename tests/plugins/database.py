"""One PostgreSQL for all test processes, a database of its own for each.

The schema is migrated once, by the owner, into a template that is kept while no migration
changes; every process copies it. Tests run as the serving role, so that row-level security and
the refusals of append-only tables hold in them too. Nothing is ever flushed.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tessere.adapters import database_server
from tessere.foundation.db.roles import APP_ROLE, OWNER_ROLE
from tests.plugins.environment import DATABASE, SERVER_FOLDER

_PROJECT = Path(__file__).resolve().parents[2]
_SCHEMA_SOURCES = (
    "src/tessere/*/*/migrations/*.py",
    "src/tessere/foundation/db/**/*.py",
    "src/tessere/adapters/database_server/*.py",
    "src/tessere/config/settings/apps.py",
    "src/tessere/config/commands/migrate.py",
    "requirements/run.txt",
)


@pytest.fixture(scope="session")
def django_db_setup() -> Iterator[None]:
    """In place of pytest-django's: a copy of the template, dropped at the end."""
    with _server() as where:
        with _alone("template"):
            template = _template(where)
            database_server.drop_database(where, DATABASE)
            database_server.ensure_database(where, DATABASE, template=template)
        yield
        from django.db import connections  # noqa: PLC0415

        connections.close_all()
        database_server.drop_database(where, DATABASE)


@pytest.fixture
def committing(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Database access with real commits, from any thread, and no cleaning up.

    A test that uses it makes a tenant of its own and looks at nothing else.
    """
    from django.db import connections  # noqa: PLC0415

    with django_db_blocker.unblock():
        yield
        connections.close_all()


@pytest.fixture
def together(committing: None) -> Callable[[Sequence[Callable[[], Any]]], list[Any]]:
    """Call functions at the same moment, each in a thread and with a connection of its own.

    Gives their results in order; an exception counts as a result.
    """
    from django.db import connections  # noqa: PLC0415

    def call_all(functions: Sequence[Callable[[], Any]]) -> list[Any]:
        start = threading.Barrier(len(functions), timeout=30)

        def call(function: Callable[[], Any]) -> Any:
            try:
                connections["default"].ensure_connection()
                start.wait()
                return function()
            except Exception as error:  # noqa: BLE001
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(functions)) as threads:
            return list(threads.map(call, functions, timeout=120))

    return call_all


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse what would truncate tables: append-only ones do not allow it, and rightly so."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        flushes = marker is not None and (marker.kwargs.get("transaction") or bool(marker.args))
        names = set(getattr(item, "fixturenames", ()))
        if flushes or names & {"transactional_db", "live_server", "django_db_reset_sequences"}:
            raise pytest.UsageError(f"{item.nodeid}: use the fixture `committing` instead")


def owner_connection(database: str = DATABASE) -> psycopg.Connection[Any]:
    """A connection as the owner of the tables, whom row-level security does not hold."""
    where = database_server.address(SERVER_FOLDER)
    url = where.url(database=database, role=OWNER_ROLE)
    return psycopg.connect(url, autocommit=True)


@contextmanager
def _server() -> Iterator[database_server.ServerAddress]:
    """The server, running for as long as one test process needs it."""
    SERVER_FOLDER.mkdir(parents=True, exist_ok=True)
    with (SERVER_FOLDER / "users").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield database_server.start(SERVER_FOLDER)
        finally:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                database_server.stop(SERVER_FOLDER)


@contextmanager
def _alone(name: str) -> Iterator[None]:
    with (SERVER_FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _schema_digest() -> str:
    digest = hashlib.sha256()
    for pattern in _SCHEMA_SOURCES:
        for path in sorted(_PROJECT.glob(pattern)):
            digest.update(str(path.relative_to(_PROJECT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _template(where: database_server.ServerAddress) -> str:
    """The migrated template's name; the ones of other schemas and of dead runs are dropped."""
    name = f"tessere_template_{_schema_digest()}"
    with owner_connection("postgres") as connection:
        present = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
    for database in sorted(present - {name}):
        if database.startswith("tessere_template_") or _is_left_over(database):
            database_server.drop_database(where, database)
    if name not in present:
        _migrate(where, unfinished := f"{name}_unfinished")
        with owner_connection("postgres") as connection:
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            connection.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))
    return name


def _is_left_over(database: str) -> bool:
    if not database.startswith("tessere_test_"):
        return False
    return not Path(f"/proc/{database.split('_')[2]}").exists()


def _migrate(where: database_server.ServerAddress, database: str) -> None:
    database_server.drop_database(where, database)
    database_server.ensure_database(where, database)
    urls = {
        "DATABASE_URL": where.url(database=database, role=APP_ROLE),
        "DATABASE_OWNER_URL": where.url(database=database, role=OWNER_ROLE),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tessere.config.cli", "migrate", "--quiet"],
        env=os.environ | urls,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    if done.returncode:
        pytest.exit(f"The schema cannot be migrated:\n{done.stdout}{done.stderr}", returncode=3)
