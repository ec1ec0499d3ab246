"""The demonstration: two invented towns to look at."""

import argparse
import json
import pathlib

from tessere.config.environment import MODE, Mode, number, var_folder

HELP = "make the demonstration data, and var/demo.json for scripts"
ROLE = "app"


def run(_options: argparse.Namespace) -> int:
    """Build what is missing, then say in a file how to enter."""
    from tessere.foundation.clock import now
    from tessere.processes.demonstration import build_demonstration

    if MODE is Mode.PRODUCTION:
        print("Refused: demonstration data do not belong into a production installation.")
        return 1
    described = build_demonstration(now=now())
    port = number("PORT", 8000)
    for tenant in described["tenants"]:
        tenant["base_url"] = f"http://{tenant['host']}:{port}"
    path = var_folder() / "demo.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
    pathlib.Path(unfinished).replace(path)
    return 0
