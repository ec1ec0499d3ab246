"""What a test does with a window of a browser, whichever browser it is."""

import base64
import itertools
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any, Self

from websockets.sync.client import ClientConnection, connect

# Keys that are no characters, as WebDriver writes them.
TAB, ENTER = "\ue004", "\ue007"
# Between two pages, Firefox may show for a moment an empty one that is complete.
_ARRIVED = "!window.left && document.readyState === 'complete' && location.href !== 'about:blank'"
_BYTES = """fetch({path}, {{credentials: "same-origin"}}).then(answer => answer.blob()).then(
  blob => new Promise(done => {{
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.readAsDataURL(blob);
  }}))"""


def pressing(keys: str) -> dict[str, Any]:
    """The keys as one input source of WebDriver."""
    ways = ("keyDown", "keyUp")
    actions = [{"type": way, "value": key} for key in keys for way in ways]
    return {"type": "key", "id": "keyboard", "actions": actions}


class Window(ABC):
    """One window, which ends with its context. Selectors are CSS, expressions are JavaScript."""

    def __init__(self) -> None:
        with ExitStack() as opened:
            self._open(opened)
            self._opened = opened.pop_all()

    @abstractmethod
    def _open(self, opened: ExitStack) -> None:
        """Start the browser; what must end with the window is entered into `opened`."""

    @abstractmethod
    def _navigate(self, url: str) -> None:
        """Begin to open an address."""

    @abstractmethod
    def _evaluate(self, expression: str) -> Any:
        """The value of an expression that is a promise of a text."""

    @abstractmethod
    def errors(self) -> list[str]:
        """Uncaught exceptions and console errors of all pages so far."""

    @abstractmethod
    def picture(self) -> bytes:
        """The window as PNG."""

    @abstractmethod
    def printed(self) -> bytes:
        """The page on A4 paper, as PDF."""

    @abstractmethod
    def resize(self, width: int, height: int) -> None:
        """Give the page so much room, in CSS pixels."""

    @abstractmethod
    def press(self, keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""

    def goto(self, url: str) -> None:
        """Open an address and wait until it has loaded."""
        self.during_load(lambda: self._navigate(url))

    def click(self, selector: str, *, loads: bool = False) -> None:
        """Click; with `loads`, wait for the page that it leads to."""

        def click() -> None:
            self.script(f"document.querySelector({json.dumps(selector)}).click()")

        if loads:
            self.during_load(click)
        else:
            click()

    def fill(self, selector: str, value: str) -> None:
        """Put a value into a field, as its scripts notice it."""
        self.script(
            f"(field => {{ field.focus(); field.value = {json.dumps(value)};"
            "field.dispatchEvent(new Event('input', {bubbles: true}));"
            "field.dispatchEvent(new Event('change', {bubbles: true})) })"
            f"(document.querySelector({json.dumps(selector)}))"
        )

    def during_load(self, action: Callable[[], object], *, seconds: float = 20) -> None:
        """Do what leads to another page, and wait until that has loaded."""
        self.script("window.left = true")
        action()
        self.wait_for(_ARRIVED, seconds=seconds)

    def script(self, expression: str) -> Any:
        """The value of an expression, awaited if it is a promise."""
        wrapped = f"Promise.resolve({expression}).then(it => JSON.stringify(it) || 'null')"
        return json.loads(self._evaluate(wrapped))

    def wait_for(self, expression: str, *, seconds: float = 10) -> Any:
        """Wait until an expression is true; its value."""
        deadline = time.monotonic() + seconds
        refused: RuntimeError | None = None
        while time.monotonic() < deadline:
            try:
                if value := self.script(expression):
                    return value
                refused = None
            except RuntimeError as error:  # a page that is being left has no answer
                refused = error
            time.sleep(0.05)
        raise TimeoutError(expression) from refused

    def text(self, selector: str = "body") -> str:
        """The visible text of an element."""
        return str(self.script(f"document.querySelector({json.dumps(selector)}).innerText"))

    def download(self, path: str) -> bytes:
        """What the server answers to this browser's session."""
        return base64.b64decode(self.script(_BYTES.format(path=json.dumps(path))))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._opened.close()


class Wire:
    """Commands and events as JSON over a WebSocket, the way both debugging protocols have them."""

    def __init__(self, socket: ClientConnection) -> None:
        self.events: list[dict[str, Any]] = []
        self._ids = itertools.count(1)
        self._socket = socket

    @classmethod
    def to(cls, url: str, opened: ExitStack) -> Self:
        """Connect, for as long as `opened` lasts."""
        # No pings: Chromium 66 hangs up at the first, which comes after twenty seconds.
        return cls(opened.enter_context(connect(url, max_size=None, ping_interval=None)))

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask, and wait for the answer; what happens meanwhile is kept in `events`."""
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(30))
            if message.get("id") != number:
                self.events.append(message)
            elif "error" in message:
                raise RuntimeError(f"{method}: {message}")
            else:
                return dict(message["result"])
