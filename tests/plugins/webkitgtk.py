"""Debian's WebKitGTK, driven by WebDriver on a screen that nobody sees."""

import base64
import http.client
import json
import re
import socket
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.plugins import webkitgtk_view as view
from tests.plugins.program import Program
from tests.plugins.site import free_port
from tests.plugins.webkitgtk_view import PRINT, PRINTED
from tests.plugins.window import Window, pressing

DRIVER, SCREEN = "/usr/bin/WebKitWebDriver", "/usr/bin/Xvfb"
_ERROR = re.compile(r"CONSOLE\b.* ERROR ")


class WebKitGTK(Window):
    """One window of WebKitGTK."""

    def _open(self, opened: ExitStack) -> None:
        folder = opened.enter_context(
            tempfile.TemporaryDirectory(prefix="webkitgtk-", ignore_cleanup_errors=True)
        )
        self._folder = Path(folder)
        screen = opened.enter_context(
            Program([SCREEN, "-displayfd", "1", "-nolisten", "tcp", "-screen", "0", "1400x1200x24"])
        )
        environment = {
            "DISPLAY": ":" + screen.wait_for(r"^(\d+)$"),
            "GDK_BACKEND": "x11",
            "HOME": folder,
            "LC_ALL": "C.UTF-8",
            "LANGUAGE": "C",
            "XDG_RUNTIME_DIR": folder,
        }
        self._port = free_port()
        self._driver = opened.enter_context(Program([DRIVER, "-p", str(self._port)], environment))
        self._wait_for_driver()
        options = {"binary": sys.executable, "args": [view.__file__, folder]}
        capabilities = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self._session = ""
        answer = self._ask("POST", "", {"capabilities": capabilities})
        self._session = f"/{answer['sessionId']}"

    def _wait_for_driver(self) -> None:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self._port), timeout=5).close()
            except ConnectionRefusedError:
                time.sleep(0.05)
            else:
                return
        raise TimeoutError("WebKitWebDriver does not listen")

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            sent = None if body is None else json.dumps(body)
            connection.request(method, f"/session{self._session}{path}", sent)
            answer = connection.getresponse()
            value = json.loads(answer.read())["value"]
        finally:
            connection.close()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{method} {path}: {value}")
        return value

    def _navigate(self, url: str) -> None:
        self._ask("POST", "/url", {"url": url})

    def _evaluate(self, expression: str) -> Any:
        script = (
            f"const done = arguments[arguments.length - 1]; {expression}"
            ".then(text => done([text, '']), error => done(['', String(error)]))"
        )
        text, error = self._ask("POST", "/execute/async", {"script": script, "args": []})
        if error:
            raise RuntimeError(f"{expression}: {error}")
        return text

    def errors(self) -> list[str]:
        """Uncaught exceptions and console errors of all pages so far."""
        return [line.strip() for line in self._driver.said if _ERROR.search(line)]

    def picture(self) -> bytes:
        """The window as PNG."""
        return base64.b64decode(self._ask("GET", "/screenshot"))

    def printed(self) -> bytes:
        """The page on A4 paper, as PDF."""
        paper = self._folder / uuid4().hex
        title = self.script("document.title")
        self.script(f"document.title = {json.dumps(PRINT + str(paper))}")
        self._driver.wait_for(f"^({PRINTED}{paper})$")
        self.script(f"document.title = {json.dumps(title)}")
        return paper.read_bytes()

    def resize(self, width: int, height: int) -> None:
        """Give the page so much room, in CSS pixels."""
        self._ask("POST", "/window/rect", {"width": width, "height": height})
        self.wait_for(f"innerWidth === {width}")

    def press(self, keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        self._ask("POST", "/actions", {"actions": [pressing(keys)]})
