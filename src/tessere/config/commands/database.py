"""The PostgreSQL server of our own."""

import argparse

from tessere.adapters import database_server
from tessere.config.database import database_url
from tessere.config.environment import text, var_folder

HELP = "the database server of our own: start it, stop it, say what and where it is"
ROLE = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with it."""
    parser.add_argument("action", choices=("start", "stop", "status"))


def run(options: argparse.Namespace) -> int:
    """Act, then say."""
    folder = var_folder() / "pg"
    if text("DATABASE_URL"):
        print("DATABASE_URL names the database; there is no server of our own.")
        return 0
    if options.action == "start":
        database_server.start(folder)
    elif options.action == "stop":
        database_server.stop(folder)
    running = database_server.is_running(folder)
    print(f"{database_server.version()}: {'running' if running else 'stopped'}")
    if running:
        print(database_url())
    return 0
