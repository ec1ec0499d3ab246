"""Every check that reads the code without running it: `make check`.

Runs two at a time, says one line for each, and shows the output of those that fail.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
# Code that came from elsewhere, with its licence beside it.
VENDORED = {"jsqr", "htmx"}


@dataclass(frozen=True)
class Check:
    """A command that succeeds when all is well."""

    name: str
    command: Sequence[str | Path]


@dataclass(frozen=True)
class Outcome:
    """How a check went."""

    name: str
    succeeded: bool
    seconds: float
    output: str


def files(suffix: str) -> list[Path]:
    """Files of the application that go to browsers."""
    found = sorted((PROJECT / "src").rglob(f"*{suffix}"))
    return [path.relative_to(PROJECT) for path in found if not VENDORED & set(path.parts)]


def checks() -> list[Check]:
    """The longest first, so that both cores stay busy."""
    node_modules = PROJECT / "node_modules"
    floor = Path("tools/floor")
    eslint = node_modules / "eslint" / "bin" / "eslint.js"
    stylelint = node_modules / "stylelint" / "bin" / "stylelint.mjs"
    node = BIN / "node"
    return [
        Check("types", [BIN / "mypy"]),
        Check("templates", [BIN / "djlint", "--lint", "--quiet", "src"]),
        Check(
            "scripts on the floor browsers",
            [node, eslint, "--config", floor / "eslint.config.mjs", "src/tessere/**/*.js"],
        ),
        Check("security", [BIN / "bandit", "-q", "-r", "-c", "pyproject.toml", "src"]),
        Check("dependencies", [BIN / "deptry", "."]),
        Check(
            "styles", [node, stylelint, "--config", floor / "stylelint.config.mjs", *files(".css")]
        ),
        Check("styles on the floor browsers", [node, floor / "compat-css.mjs", *files(".css")]),
        Check("contracts", [BIN / "lint-imports"]),
        Check("format", [BIN / "ruff", "format", "--check", "--quiet", "."]),
        Check("lint", [BIN / "ruff", "check", "--quiet", "."]),
    ]


def run(check: Check) -> Outcome:
    """Run one check."""
    start = time.monotonic()
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "NO_COLOR": "1", "TERM": "dumb"}
    done = subprocess.run(
        check.command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.monotonic() - start
    return Outcome(check.name, done.returncode == 0, seconds, done.stdout + done.stderr)


def main() -> int:
    """Run all; 1 when one fails."""
    failed = []
    with ThreadPoolExecutor(2) as threads:
        for outcome in threads.map(run, checks()):
            verdict = "ok" if outcome.succeeded else "FAILED"
            print(f"  {outcome.name:<32} {verdict:<7} {outcome.seconds:5.1f} s", flush=True)
            if not outcome.succeeded:
                failed.append(outcome)
    for outcome in failed:
        print(f"\n--- {outcome.name}\n{outcome.output.strip()}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
