"""Django's own commands, as the serving role."""

import argparse

from django.core.management import execute_from_command_line

HELP = "a command of Django's, as the serving role: tessere manage check"
ROLE = "app"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after `manage` is Django's."""
    parser.add_argument("arguments", nargs=argparse.REMAINDER)


def run(options: argparse.Namespace) -> int:
    """Hand over."""
    execute_from_command_line(["tessere manage", *options.arguments])
    return 0
