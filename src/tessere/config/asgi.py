"""The application that a server runs: static files first, then Django."""

import os

import django
from servestatic import ServeStaticASGI

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tessere.config.settings")
django.setup(set_prefix=False)

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from tessere.gate.live import Handler  # noqa: E402

_AN_HOUR = 3600


def _harden(headers: dict[str, str], _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def _application() -> ServeStaticASGI:
    """Read straight from the applications' folders: nothing to collect before a start."""
    # Every view is loaded now, or the first visitors would wait for it together.
    assert get_resolver().url_patterns
    outer = ServeStaticASGI(
        Handler(),
        max_age=_AN_HOUR,
        add_headers_function=_harden,
        allow_all_origins=False,
    )
    for config in apps.get_app_configs():
        folder = os.path.join(config.path, "static")  # noqa: PTH118
        if os.path.isdir(folder):  # noqa: PTH112
            outer.add_files(folder, prefix=settings.STATIC_URL)
    return outer


application = _application()
