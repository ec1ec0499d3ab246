"""Bring the schema up to date, as the owner of the tables."""

import argparse

from django.core.management import call_command

from tessere.adapters import database_server
from tessere.config.database import database_url

HELP = "bring the database's schema up to date, as its owner"
ROLE = "owner"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to stop, as Django says it."""
    parser.add_argument("target", nargs="*", help="an application, and one of its migrations")
    parser.add_argument("--quiet", action="store_true", help="say nothing unless it fails")


def run(options: argparse.Namespace) -> int:
    """Grant first: what a migration creates is then usable at once."""
    database_server.grant_to_app(database_url())
    call_command(
        "migrate",
        *options.target,
        interactive=False,
        verbosity=0 if options.quiet else 1,
    )
    return 0
