"""Web pages, without jobs: one of several processes behind a proxy."""

import argparse

from tessere.config import processes

HELP = "web pages only; WEB_CONCURRENCY processes on one port"
ROLE = "app"


def run(_options: argparse.Namespace) -> int:
    """Until a signal asks to stop."""
    processes.run_web()
    return 0
