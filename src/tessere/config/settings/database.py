"""Where the data is, and as whom we ask for it."""

from typing import Any

from psycopg import conninfo

from tessere.config.database import database_url
from tessere.config.environment import number

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _database() -> dict[str, Any]:
    parts = conninfo.conninfo_to_dict(database_url())
    options: dict[str, Any] = {
        name: value
        for name, value in parts.items()
        if name not in {"dbname", "user", "password", "host", "port"}
    }
    pool_size = number("TESSERE_POOL_SIZE", 0)
    if pool_size:
        options["pool"] = {"min_size": 2, "max_size": pool_size, "timeout": 10}
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
