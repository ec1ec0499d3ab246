"""Debian's Firefox ESR, driven by WebDriver BiDi, which it speaks without a driver beside it."""

import base64
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.plugins.program import Program
from tests.plugins.window import Window, Wire, pressing

FIREFOX = "/usr/bin/firefox-esr"
# French pages, and no scroll bar that takes room from a window as narrow as a telephone.
_PREFERENCES = """
user_pref("intl.accept_languages", "fr-FR, fr");
user_pref("ui.useOverlayScrollbars", 1);
"""


class Firefox(Window):
    """One window of Firefox."""

    def _open(self, opened: ExitStack) -> None:
        profile = opened.enter_context(
            tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True)
        )
        (Path(profile) / "user.js").write_text(_PREFERENCES)
        command = [FIREFOX, "--headless", "--no-remote", "--remote-debugging-port=0"]
        running = opened.enter_context(
            Program([*command, "--profile", profile, "about:blank"], {"HOME": profile})
        )
        address = running.wait_for(r"WebDriver BiDi listening on (ws://[\d.]+:\d+)")
        self._wire = Wire.to(f"{address}/session", opened)
        self._wire.command("session.new", capabilities={})
        self._wire.command("session.subscribe", events=["log.entryAdded"])
        # The first tab never holds the focus of a window that nobody sees, a new one does.
        self._page = self._wire.command("browsingContext.create", type="tab")["context"]

    def _navigate(self, url: str) -> None:
        self._wire.command("browsingContext.navigate", context=self._page, url=url)

    def _evaluate(self, expression: str) -> Any:
        answer = self._wire.command(
            "script.evaluate",
            expression=expression,
            target={"context": self._page},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']['text']}")
        return answer["result"]["value"]

    def errors(self) -> list[str]:
        """Uncaught exceptions and console errors of all pages so far."""
        entries = [event["params"] for event in self._wire.events]
        return [entry["text"] for entry in entries if entry.get("level") == "error"]

    def picture(self) -> bytes:
        """The window as PNG."""
        answer = self._wire.command("browsingContext.captureScreenshot", context=self._page)
        return base64.b64decode(answer["data"])

    def printed(self) -> bytes:
        """The page on A4 paper, as PDF."""
        answer = self._wire.command(
            "browsingContext.print", context=self._page, page={"width": 21, "height": 29.7}
        )
        return base64.b64decode(answer["data"])

    def resize(self, width: int, height: int) -> None:
        """Give the page so much room, in CSS pixels."""
        self._wire.command(
            "browsingContext.setViewport",
            context=self._page,
            viewport={"width": width, "height": height},
        )

    def press(self, keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        self._wire.command("input.performActions", context=self._page, actions=[pressing(keys)])
