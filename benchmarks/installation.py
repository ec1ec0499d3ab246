"""An installation of its own for a benchmark: a fresh server, migrated, gone afterwards."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from tessere.adapters import database_server
from tessere.foundation.db.roles import APP_ROLE, OWNER_ROLE


@contextmanager
def installation() -> Iterator[None]:
    """Django set up on an empty database; `DATABASE_URL` and `DATABASE_OWNER_URL` name it."""
    with tempfile.TemporaryDirectory() as folder:
        where = database_server.start(Path(folder) / "pg")
        try:
            database_server.ensure_database(where, "bench")
            os.environ |= {
                "TESSERE_MODE": "test",
                "TESSERE_VAR": folder,
                "DATABASE_URL": where.url(database="bench", role=APP_ROLE),
                "DATABASE_OWNER_URL": where.url(database="bench", role=OWNER_ROLE),
                "DJANGO_SETTINGS_MODULE": "tessere.config.settings",
            }
            command = [sys.executable, "-m", "tessere.config.cli", "migrate", "--quiet"]
            subprocess.run(command, check=True)
            django.setup()
            yield
        finally:
            database_server.stop(Path(folder) / "pg")
