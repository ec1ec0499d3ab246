"""The environment of a test process, said before Django's settings are read.

Loaded by `-p` in pyproject.toml: run the tests as `python -m pytest`, so that `tests` is found.
"""

import os
import sys
from pathlib import Path

from hypothesis import settings

from tessere.adapters import database_server
from tessere.foundation.db.roles import APP_ROLE, OWNER_ROLE

VAR = Path(__file__).resolve().parents[2] / "var" / "test"
SERVER_FOLDER = VAR / "pg"


def worker() -> str:
    """The name that xdist gives to this process, `main` without it."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def run_id() -> int:
    """The process id of the whole run: with xdist, that of the process which started us."""
    return os.getpid() if worker() == "main" else os.getppid()


DATABASE = f"tessere_test_{run_id()}_{worker()}"
_address = database_server.address(SERVER_FOLDER)

os.environ |= {
    "TESSERE_MODE": "test",
    # The tests and the servers that they start sign and seal alike.
    "SECRET_KEY": "of-the-tests-and-of-nothing-else-0123456789",
    "TESSERE_VAR": str(VAR),
    "TESSERE_POOL_SIZE": "0",
    "TESSERE_DATABASE_ROLE": "app",
    "DATABASE_URL": _address.url(database=DATABASE, role=APP_ROLE),
    "DATABASE_OWNER_URL": _address.url(database=DATABASE, role=OWNER_ROLE),
    # Playwright's synchronous calls run inside an event loop, where Django would refuse queries.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    # Servers are started by the dozen: what they import is compiled once, whatever the shell says.
    "PYTHONPYCACHEPREFIX": str(VAR / "compiled"),
}
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.pycache_prefix, sys.dont_write_bytecode = os.environ["PYTHONPYCACHEPREFIX"], False

settings.register_profile("tessere", deadline=None, print_blob=True)
settings.load_profile("tessere")
