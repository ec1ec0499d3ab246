"""The command `tessere`."""

import argparse
import os
import signal
import sys
from importlib import import_module
from types import ModuleType

import django

from tessere.adapters.database_server import DatabaseServerError
from tessere.config import database
from tessere.config.environment import ConfigurationError

COMMANDS = (
    "run",
    "serve",
    "web",
    "worker",
    "migrate",
    "tenant",
    "demo",
    "doctor",
    "database",
    "manage",
)


def _module(name: str) -> ModuleType:
    return import_module(f"tessere.config.commands.{name}")


def _parser(chosen: str | None) -> argparse.ArgumentParser:
    """All commands when none is chosen, else that one alone: the others need not be imported."""
    parser = argparse.ArgumentParser(prog="tessere", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name in [chosen] if chosen in COMMANDS else COMMANDS:
        module = _module(name)
        command = commands.add_parser(name, help=module.HELP, description=module.HELP)
        if hasattr(module, "add_arguments"):
            module.add_arguments(command)
    return parser


def _leave(_number: int, _frame: object) -> None:
    """SIGTERM leaves as an exception does, so that what was started is stopped."""
    sys.exit(128 + signal.SIGTERM)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser(arguments[0] if arguments else None).parse_args(arguments)
    module = _module(options.command)
    signal.signal(signal.SIGTERM, _leave)
    try:
        if module.ROLE is None:
            return int(module.run(options))
        with database.available():
            os.environ["DJANGO_SETTINGS_MODULE"] = "tessere.config.settings"
            os.environ["TESSERE_DATABASE_ROLE"] = module.ROLE
            os.environ["TESSERE_DATABASE_POOLED"] = "1" if getattr(module, "POOLED", False) else "0"
            django.setup()
            return int(module.run(options))
    except (ConfigurationError, DatabaseServerError) as error:
        print(f"tessere: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
