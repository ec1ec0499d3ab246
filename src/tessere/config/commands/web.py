"""Web pages, without jobs: one of several processes behind a proxy."""

import argparse
import asyncio

from tessere.config import processes

HELP = "web pages only, on PORT (8000): one of several processes behind a proxy"
ROLE = "app"
POOLED = True


def run(_options: argparse.Namespace) -> int:
    """Until a signal asks to stop."""
    with processes.listening() as socket:
        asyncio.run(processes.until_stopped(processes.web(socket)))
    return 0
