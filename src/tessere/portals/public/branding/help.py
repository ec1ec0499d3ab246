"""Help for everybody, signed in or not: guide, contact points, telephone, browser, legal pages."""

import functools
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from tessere.domains.branding import queries
from tessere.domains.branding.types import LegalKind
from tessere.foundation.actor import Audience
from tessere.gate.door import door
from tessere.gate.page import page_palette
from tessere.gate.paper import Paper, draw
from tessere.portals.public.branding.guide import GUIDE
from tessere.ui.printing import guide_document
from tessere.ui.theme import Palette
from tessere.ui.types import Brand


@require_safe
@door(audience=Audience.ANYONE)
def overview(request: Any) -> HttpResponse:
    """Where to find what, and who answers."""
    page = {"points": queries.contact_points(), "chapters": GUIDE}
    return TemplateResponse(request, "public/branding/overview.html", page)


@require_safe
@door(audience=Audience.ANYONE)
def guide(request: Any) -> HttpResponse:
    """The partners' guide on one page."""
    page = {"chapters": GUIDE, "points": queries.contact_points()}
    return TemplateResponse(request, "public/branding/guide.html", page)


@require_safe
@door(audience=Audience.ANYONE)
def guide_pdf(request: Any) -> HttpResponse:
    """The same guide on paper."""
    palette = page_palette()
    assert palette is not None
    # Where the mark leads is different for each person, and not on paper.
    brand = replace(request.brand, home_url="/")
    return Paper(lambda: _guide_bytes(brand, palette), name="guide-partenaires.pdf")


@functools.lru_cache(maxsize=16)
def _guide_bytes(brand: Brand, palette: Palette) -> bytes:
    """Seconds of work that anybody may ask for: done once for each brand."""
    return draw(guide_document(brand, palette, GUIDE))


@require_safe
@door(audience=Audience.ANYONE)
def install(request: Any) -> HttpResponse:
    """How to put the site on the home screen of a telephone."""
    return TemplateResponse(request, "public/branding/install.html", {})


@require_safe
@door(audience=Audience.ANYONE)
def browsers(request: Any) -> HttpResponse:
    """Which browsers work, and how to find one's version."""
    return TemplateResponse(request, "public/branding/browsers.html", {})


@require_safe
@door(audience=Audience.ANYONE)
def site_map(request: Any) -> HttpResponse:
    """All pages on one page: a second way to find one's way, beside the menus."""
    return TemplateResponse(request, "public/branding/site_map.html", {})


@require_safe
@door(audience=Audience.ANYONE)
def legal_notice(request: Any) -> HttpResponse:
    """Who publishes the site."""
    return _legal(request, "legal_notice", LegalKind.NOTICE)


@require_safe
@door(audience=Audience.ANYONE)
def personal_data(request: Any) -> HttpResponse:
    """What is kept of people, why, and their rights."""
    return _legal(request, "personal_data", LegalKind.DATA)


@require_safe
@door(audience=Audience.ANYONE)
def accessibility(request: Any) -> HttpResponse:
    """The accessibility statement."""
    return _legal(request, "accessibility", LegalKind.ACCESSIBILITY)


def _legal(request: Any, name: str, kind: LegalKind) -> HttpResponse:
    """The tenant's own text, or the one that is true of every installation."""
    page = {"paragraphs": queries.legal_text(kind=kind)}
    return TemplateResponse(request, f"public/branding/{name}.html", page)
