"""What the environment says, and where the installation keeps its files."""

import os
from enum import StrEnum
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[3]


class Mode(StrEnum):
    """What the installation is for."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


class ConfigurationError(Exception):
    """A setting is missing or makes no sense; the message names it."""


def text(name: str, default: str = "") -> str:
    """A variable, trimmed."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    """A variable that is 1 or 0."""
    value = text(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ConfigurationError(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


def number(name: str, default: int) -> int:
    """A variable that is a whole number."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ConfigurationError(f"{name} must be a whole number, not {value!r}") from None


def _mode() -> Mode:
    value = text("TESSERE_MODE", Mode.DEVELOPMENT)
    try:
        return Mode(value)
    except ValueError:
        known = ", ".join(Mode)
        raise ConfigurationError(f"TESSERE_MODE must be one of {known}, not {value!r}") from None


MODE = _mode()


def var_folder() -> Path:
    """Where everything that is not code goes: `TESSERE_VAR`, else `var` of the checkout."""
    chosen = text("TESSERE_VAR")
    if chosen:
        return Path(chosen).absolute()
    home = _PROJECT if (_PROJECT / "pyproject.toml").exists() else Path.cwd()
    return home / "var"
