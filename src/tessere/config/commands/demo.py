"""The demonstration: two invented towns to look at."""

import argparse
import functools
import json
import multiprocessing
import pathlib
from concurrent.futures import ProcessPoolExecutor

import django

from tessere.config.environment import MODE, Mode, number, var_folder

HELP = "make the demonstration data, and var/demo.json for scripts"
ROLE = "app"


def run(_options: argparse.Namespace) -> int:
    """Build what is missing, then say in a file how to enter."""
    from tessere.foundation.clock import now
    from tessere.processes.demonstration import PASSWORD, TOWNS, build_town

    if MODE is Mode.PRODUCTION:
        print("Refused: demonstration data do not belong into a production installation.")
        return 1
    # The towns share nothing: each in a process of its own, the first start takes the time of one.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(len(TOWNS), mp_context=fresh, initializer=django.setup) as towns:
        built = towns.map(functools.partial(build_town, now=now()), TOWNS)
        tenants = list(built)
    port = number("PORT", 8000)
    for tenant in tenants:
        tenant["base_url"] = f"http://{tenant['host']}:{port}"
    described = {"password": PASSWORD, "tenants": tenants}
    path = var_folder() / "demo.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n")
    pathlib.Path(unfinished).replace(path)
    return 0
