"""The real application, served by the real command in a process of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_START_SECONDS = 30
_STOP_SECONDS = 20


@dataclass
class Site:
    """A running server. Its mail and files are under `var`."""

    port: int
    var: Path
    process: subprocess.Popen[bytes]

    def url(self, host: str, path: str = "/") -> str:
        """An address for a browser: `site.url("marvigny.localhost", "/partner/")`."""
        return f"http://{host}:{self.port}{path}"

    def request(
        self,
        host: str,
        path: str = "/",
        *,
        method: str = "GET",
        body: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, dict[str, str], str]:
        """One request without a browser: status, headers, text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            sent = {"Host": f"{host}:{self.port}", **(headers or {})}
            connection.request(method, path, body=body, headers=sent)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            connection.close()

    def kill(self) -> None:
        """SIGKILL: no chance to tidy up."""
        self.process.kill()
        self.process.wait(_STOP_SECONDS)

    def stop(self) -> int:
        """SIGTERM; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(_STOP_SECONDS)

    def log(self) -> str:
        """What the server has said."""
        return (self.var / "server.log").read_text(errors="replace")


StartSite = Callable[..., Site]


@pytest.fixture(scope="session")
def site(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The application on this process's test database, for as long as the process lives."""
    started = _start(tmp_path_factory.mktemp("site"), {})
    yield started
    started.stop()


@pytest.fixture
def start_site(django_db_setup: None, tmp_path: Path) -> Iterator[StartSite]:
    """Further servers, for tests that kill them: `start_site(CRASH_POINT="…")`."""
    running: list[Site] = []

    def start(**environment: str) -> Site:
        folder = tmp_path / f"site-{len(running)}"
        folder.mkdir()
        running.append(_start(folder, environment))
        return running[-1]

    yield start
    for each in running:
        if each.process.poll() is None:
            each.stop()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(folder: Path, environment: dict[str, Any]) -> Site:
    port = free_port()
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tessere.config.cli", "serve"],
            env=os.environ | {"PORT": str(port), "TESSERE_VAR": str(folder)} | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    site = Site(port, folder, process)
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            site.request("localhost", "/static/ui/icons.svg")
        except OSError:
            time.sleep(0.05)
        else:
            return site
    site.kill()
    pytest.fail(f"The server does not answer:\n{site.log()}")
