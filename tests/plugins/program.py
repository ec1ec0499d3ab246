"""A program that runs beside the tests, and what it says."""

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self


class Program:
    """A process with its children: they end with the context, whatever they are doing."""

    def __init__(
        self, command: Sequence[str | Path], environment: Mapping[str, str] | None = None
    ) -> None:
        self.said: list[str] = []
        self._process = subprocess.Popen(
            command,
            env=os.environ | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        # The pipe must be read, or the program stops when the pipe is full.
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        self.said.extend(self._process.stdout)

    def wait_for(self, pattern: str, *, seconds: float = 30) -> str:
        """The first group of the first line that matches."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._reader.is_alive():
            for line in list(self.said):
                if match := re.search(pattern, line):
                    return match[1]
            time.sleep(0.02)
        raise RuntimeError(f"No line like {pattern} in:\n" + "".join(self.said))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)
        self._reader.join(10)
        assert self._process.stdout is not None
        self._process.stdout.close()
