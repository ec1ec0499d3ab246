"""The life of a server: initialised, started, found again, stopped."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tessere.adapters.database_server.address import PORT, ServerAddress, address
from tessere.adapters.database_server.binaries import (
    NOBODY,
    Binaries,
    DatabaseServerError,
    as_ordinary_user,
    find_binaries,
    may_map_users,
    run,
)
from tessere.adapters.database_server.databases import SUPERUSER, connect, create_roles

# One past the highest number that Linux gives to a process.
_NO_PID = 2**22 + 1
_START_SECONDS = 60
_SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "port": str(PORT),
    "max_connections": "120",
    "shared_buffers": "'256MB'",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "log_checkpoints": "off",
    "log_lock_waits": "on",
}


def is_running(data_dir: Path) -> bool:
    """Whether a postmaster of this very folder is alive."""
    return _postmaster(data_dir.absolute() / "cluster") is not None


def start(data_dir: Path) -> ServerAddress:
    """Start the server of this folder, creating it the first time; a running one is left alone."""
    data_dir = data_dir.absolute()
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _exclusive(data_dir):
        where = address(data_dir)
        cluster = data_dir / "cluster"
        binaries = find_binaries()
        if not (cluster / "PG_VERSION").exists():
            _initialise(cluster, binaries)
        if _serves(cluster, where):
            return where
        if _postmaster(cluster) is not None:
            _control(cluster, binaries, "stop", "-m", "fast")
        _disown_locks(cluster, where)
        _configure(cluster, where)
        _launch(cluster, binaries)
        create_roles(where)
        return where


def stop(data_dir: Path) -> None:
    """Stop the server of this folder; nothing to do when it is not running."""
    data_dir = data_dir.absolute()
    cluster = data_dir / "cluster"
    if not cluster.exists():
        return
    with _exclusive(data_dir):
        if _postmaster(cluster) is not None:
            _control(cluster, find_binaries(), "stop", "-m", "fast")


@contextmanager
def _exclusive(data_dir: Path) -> Iterator[None]:
    """One process at a time starts or stops the server of a folder."""
    with (data_dir / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _postmaster(cluster: Path) -> int | None:
    """The live postmaster's process id.

    The pid file outlives a crash and its number is given to other programs, so the number counts
    only when that process works in our folder, where every postmaster does.
    """
    try:
        pid = int((cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        working_folder = Path(f"/proc/{pid}/cwd").readlink()
    except (OSError, ValueError):
        return None
    return pid if working_folder == cluster.resolve() else None


def _disown_locks(cluster: Path, where: ServerAddress) -> None:
    """Forget a dead postmaster's number, which another program may bear by now.

    Only the number: the rest of its pid file lets PostgreSQL wait for the children that it left.
    """
    pid_file = cluster / "postmaster.pid"
    if pid_file.exists():
        _, _, rest = pid_file.read_text().partition("\n")
        pid_file.write_text(f"{_NO_PID}\n{rest}")
    (where.socket_directory / f".s.PGSQL.{where.port}.lock").unlink(missing_ok=True)


def _serves(cluster: Path, where: ServerAddress) -> bool:
    """Whether a live server answers, once it has recovered.

    One whose socket vanished (a temporary folder that was cleaned) never will.
    """
    deadline = time.monotonic() + _START_SECONDS
    while _postmaster(cluster) is not None and time.monotonic() < deadline:
        try:
            with connect(where, SUPERUSER, "postgres"):
                return True
        except psycopg.OperationalError:
            if not (where.socket_directory / f".s.PGSQL.{where.port}").exists():
                return False
            time.sleep(0.05)
    return False


def _initialise(cluster: Path, binaries: Binaries) -> None:
    """Create the cluster beside its place and move it there, so that a half-made one never is."""
    partial = cluster.with_name("cluster.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    if os.getuid() == 0 and not may_map_users():
        os.chown(partial, NOBODY, NOBODY)
    run(
        [
            *as_ordinary_user(partial),
            str(binaries.directory / "initdb"),
            f"--pgdata={partial}",
            f"--username={SUPERUSER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-instructions",
        ],
        "initdb",
    )
    with (partial / "postgresql.conf").open("a") as settings:
        settings.write("\ninclude_if_exists 'tessere.conf'\n")
    partial.rename(cluster)


def _configure(cluster: Path, where: ServerAddress) -> None:
    folder = str(where.socket_directory).replace('"', '""').replace("'", "''")
    settings = {**_SETTINGS, "unix_socket_directories": f"'\"{folder}\"'"}
    lines = (f"{name} = {value}\n" for name, value in settings.items())
    (cluster / "tessere.conf").write_text("".join(lines))
    owner = cluster.stat()
    if os.getuid() == 0:
        os.chown(where.socket_directory, owner.st_uid, owner.st_gid)


def _launch(cluster: Path, binaries: Binaries) -> None:
    """Start; after a kill -9, wait for the last children of the former postmaster to go."""
    log = cluster / "server.log"
    deadline = time.monotonic() + _START_SECONDS
    while True:
        written = log.stat().st_size if log.exists() else 0
        try:
            _control(cluster, binaries, "start", "-l", str(log))
        except DatabaseServerError as error:
            with log.open(errors="replace") as lines:
                lines.seek(written)
                said = lines.read()
            if "still in use" not in said or time.monotonic() > deadline:
                raise DatabaseServerError(f"{error}\n{said}") from error
            time.sleep(0.2)
        else:
            return


def _control(cluster: Path, binaries: Binaries, action: str, *options: str) -> None:
    run(
        [
            *as_ordinary_user(cluster),
            str(binaries.directory / "pg_ctl"),
            f"--pgdata={cluster}",
            "--wait",
            f"--timeout={_START_SECONDS}",
            "--silent",
            action,
            *options,
        ],
        f"pg_ctl {action}",
    )
