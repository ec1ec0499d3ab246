"""Jobs, the schedule and the relays, without web pages."""

import argparse
import asyncio

from tessere.config import processes

HELP = "jobs, schedule and relays, without web pages"
ROLE = "app"


def run(_options: argparse.Namespace) -> int:
    """Until a signal asks to stop."""
    asyncio.run(processes.until_stopped(processes.work))
    return 0
