"""Where the data is, and as whom we ask for it."""

from typing import Any

from psycopg import conninfo

from tessere.config.database import database_url
from tessere.config.environment import flag, number, text

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What a process that answers requests waits for at most: somebody else's lock, one statement, the
# next statement of a transaction. A row that a stalled process holds is refused to others as busy.
_PATIENCE = {
    "lock_timeout": "5s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",
}


def _database() -> dict[str, Any]:
    parts = conninfo.conninfo_to_dict(database_url())
    options: dict[str, Any] = {
        name: value
        for name, value in parts.items()
        if name not in {"dbname", "user", "password", "host", "port"}
    }
    # Commands that answer requests share a pool; the others need a connection or two.
    pooled = flag("TESSERE_DATABASE_POOLED", default=False)
    pool_size = number("TESSERE_POOL_SIZE", 20)
    if pooled:
        patience = " ".join(f"-c {name}={most}" for name, most in _PATIENCE.items())
        options["options"] = f"{patience} {options.get('options', '')}".strip()
    if pooled and pool_size:
        options["pool"] = {
            "min_size": min(2, pool_size),
            "max_size": pool_size,
            # A request that waits this many seconds for a connection is told to come back.
            "timeout": number("TESSERE_POOL_WAIT", 10),
        }
    return {
        # With the pool, a connection goes back to it after each request.
        "ENGINE": "tessere.foundation.db.wall",
        "NAME": parts.get("dbname", "tessere"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": options,
    }


DATABASES = {"default": _database()}
# Live updates listen on a connection of their own, which a pooler in between cannot give.
TESSERE_LISTEN_URL = text("DATABASE_LISTEN_URL") or database_url()
