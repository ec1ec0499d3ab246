"""A PostgreSQL of our own, for one machine: found, initialised, started, stopped.

The server listens on nothing but a Unix socket in a folder that only its user may enter, so its
roles need no password. Two roles live in it: `tessere_owner` owns the tables and migrates,
`tessere_app` serves and is held by row-level security.
"""

from tessere.adapters.database_server.address import ServerAddress, address
from tessere.adapters.database_server.binaries import DatabaseServerError, find_binaries, version
from tessere.adapters.database_server.databases import (
    drop_database,
    ensure_database,
    grant_to_app,
)
from tessere.adapters.database_server.launcher import is_running, start, stop

__all__ = [
    "DatabaseServerError",
    "ServerAddress",
    "address",
    "drop_database",
    "ensure_database",
    "find_binaries",
    "grant_to_app",
    "is_running",
    "start",
    "stop",
    "version",
]
