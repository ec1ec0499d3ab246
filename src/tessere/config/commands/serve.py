"""Web pages, jobs, schedule and relays in one process."""

import argparse
import asyncio

from tessere.config import processes

HELP = "web pages and worker in one process, on PORT (8000)"
ROLE = "app"
POOLED = True


def run(_options: argparse.Namespace) -> int:
    """Until a signal asks to stop."""
    with processes.listening() as socket:
        asyncio.run(processes.until_stopped(processes.work, processes.web(socket)))
    return 0
