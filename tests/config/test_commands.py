"""The command line, as a person uses it: processes of its own, a folder of its own."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tessere.adapters import database_server
from tessere.config import cli

_PRODUCTION = {
    "TESSERE_MODE": "production",
    "SECRET_KEY": "of-this-test",
    "TESSERE_SEALING_KEYS": "x",
    "SMTP_HOST": "smtp.example.org",
    "MAIL_FROM": "ne-pas-repondre@example.org",
}
_WAIT = 'import time; print("ready", flush=True); time.sleep(60)'


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """No database named, so a server of our own; stopped in the end in any case."""
    var = tmp_path_factory.mktemp("var")
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TESSERE_", "DATABASE_", "SECRET_KEY"))
    }
    yield inherited | {"TESSERE_VAR": str(var), "PORT": str(_free_port())}
    database_server.stop(var / "pg")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _tessere(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tessere.config.cli", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def _answers(environment: dict[str, str]) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", int(environment["PORT"]), timeout=5)
    try:
        connection.request("GET", "/static/ui/icons.svg")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def test_help_names_every_command(environment: dict[str, str]) -> None:
    said = _tessere(environment, "--help").stdout
    assert all(f"\n    {name}" in said for name in cli.COMMANDS)


def test_a_wrong_setting_is_named(environment: dict[str, str]) -> None:
    done = _tessere(environment | {"TESSERE_MODE": "holiday"}, "--help")
    assert done.returncode != 0
    assert "TESSERE_MODE must be one of" in done.stderr


def test_production_wants_a_secret(environment: dict[str, str]) -> None:
    done = _tessere(environment | _PRODUCTION | {"SECRET_KEY": ""}, "manage", "check")
    assert done.returncode == 1
    assert done.stderr == "tessere: SECRET_KEY is needed in production\n"


@pytest.mark.parametrize(
    ("missing", "line"),
    [
        ("SMTP_HOST", "SMTP_HOST=smtp.example.org"),
        ("MAIL_FROM", "MAIL_FROM=ne-pas-repondre@example.org"),
    ],
)
def test_production_keeps_no_mail_to_itself(
    environment: dict[str, str], missing: str, line: str
) -> None:
    done = _tessere(environment | _PRODUCTION | {missing: ""}, "manage", "check")
    assert done.returncode == 1
    assert done.stderr == f"tessere: {missing} is needed in production. Set: {line}\n"


def test_migrations_need_the_owner(environment: dict[str, str]) -> None:
    done = _tessere(environment | {"DATABASE_URL": "postgresql://app@db.invalid/x"}, "migrate")
    assert done.returncode == 1
    assert "DATABASE_OWNER_URL" in done.stderr


def test_run_prepares_and_serves_and_stops(environment: dict[str, str]) -> None:
    prepared = _tessere(environment, "migrate", "--quiet")
    assert prepared.returncode == 0, prepared.stderr
    server = Path(environment["TESSERE_VAR"]) / "pg"
    assert not database_server.is_running(server), "whoever starts the server stops it"

    account = {"portal": "partner", "login": "a@b.example", "password": "x"}
    tenant = {"name": "Marvigny", "host": "marvigny.localhost", "accounts": [account]}
    demonstration = Path(environment["TESSERE_VAR"]) / "demo.json"
    demonstration.write_text(json.dumps({"tenants": [tenant]}))

    start = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "tessere.config.cli", "run"],
        env=environment | {"TESSERE_MODE": "development"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        while not _answers(environment):
            assert process.poll() is None
            assert time.monotonic() - start < 60
            time.sleep(0.05)
        second = _tessere(environment, "serve")
        assert second.returncode == 1
        assert "Choose another" in second.stderr
        assert _tessere(environment, "database", "status").stdout.startswith("postgres")
    finally:
        process.send_signal(signal.SIGTERM)
        said, complained = process.communicate(timeout=30)
    assert process.returncode == 0, complained
    assert "Traceback" not in complained
    address = f"http://marvigny.localhost:{environment['PORT']}"
    assert f"Marvigny: {address}/" in said
    assert "a@b.example" in said
    assert json.loads(demonstration.read_text())["tenants"][0]["base_url"] == address
    assert not database_server.is_running(server)


def test_a_command_that_is_terminated_stops_the_server_that_it_started(
    environment: dict[str, str],
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tessere.config.cli", "manage", "shell", "-v0", "-c", _WAIT],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    assert not database_server.is_running(Path(environment["TESSERE_VAR"]) / "pg")
