"""Which pages a browser keeps for the time without a network: the portals name them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import JsonResponse


@dataclass(frozen=True, kw_only=True)
class KeptPage:
    """A page to keep, and what people call it. It is fetched anew when its facts have changed."""

    url: str
    label: str
    facts: tuple[object, ...]

    @property
    def version(self) -> str:
        """A short digest of the facts."""
        return hashlib.sha256(repr(self.facts).encode()).hexdigest()[:16]


def kept_pages(pages: Iterable[KeptPage]) -> JsonResponse:
    """The list as the worker reads it; what it does not name is forgotten."""
    named = [{"url": one.url, "version": one.version, "label": one.label} for one in pages]
    return JsonResponse({"pages": named})
