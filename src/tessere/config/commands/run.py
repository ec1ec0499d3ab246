"""Everything on one machine, ready to be looked at: what `make run` does."""

import argparse
import asyncio
import json
import subprocess
import sys
from pathlib import Path

from tessere.adapters import database_server
from tessere.config import processes
from tessere.config.environment import ConfigurationError, number, text, var_folder

HELP = "migrate, make the demonstration data if there is none, then serve"
ROLE = "app"
POOLED = True


def run(_options: argparse.Namespace) -> int:
    """Prepare, serve until a signal asks to stop."""
    with processes.listening() as socket:
        if not text("DATABASE_URL"):
            print(f"Database: {database_server.version()}")
        _tessere("migrate", "--quiet")
        if not _demonstration_file().exists():
            print("Making the demonstration data", flush=True)
            _tessere("demo")
        asyncio.run(processes.until_stopped(processes.work, processes.web(socket, _announce)))
    print("Stopped.")
    return 0


def _demonstration_file() -> Path:
    return var_folder() / "demo.json"


def _tessere(*arguments: str) -> None:
    """Another command in a process of its own, since it has another role."""
    command = [sys.executable, "-m", "tessere.config.cli", *arguments]
    if subprocess.run(command, check=False).returncode:
        raise ConfigurationError(f"tessere {arguments[0]} failed; nothing is served.")


def _announce() -> None:
    port = number("PORT", 8000)
    print(f"\nTessère answers on http://localhost:{port}/  (Ctrl+C stops it)")
    path = _demonstration_file()
    if not path.exists():
        sys.stdout.flush()
        return
    demonstration = json.loads(path.read_text())
    for tenant in demonstration["tenants"]:
        tenant["base_url"] = f"http://{tenant['host']}:{port}"
        print(f"\n{tenant['name']}: {tenant['base_url']}/")
        for account in tenant["accounts"]:
            words = (account["portal"], account["login"], account["password"])
            print("  {:<13} {:<40} {}".format(*words))
    path.write_text(json.dumps(demonstration, ensure_ascii=False, indent=2) + "\n")
    sys.stdout.flush()
