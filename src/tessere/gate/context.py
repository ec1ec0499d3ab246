"""What every template knows: the brand and the account, read by the door before rendering."""

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Brand and account of the request; None before a door was opened."""
    return {
        "brand": getattr(request, "brand", None),
        "account": getattr(request, "account", None),
    }
