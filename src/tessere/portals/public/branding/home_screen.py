"""The site as an app of a home screen: its manifest, its icons, what it shows without a network."""

import functools
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from tessere.adapters.picture import png_of
from tessere.domains.branding import queries as branding
from tessere.domains.files import queries as files
from tessere.foundation.actor import Audience
from tessere.gate.door import door
from tessere.gate.page import page_palette
from tessere.ui.assets import service_worker_script
from tessere.ui.drawing import app_icon_svg
from tessere.ui.views import FOR_GOOD

# A kind of icon: its side in pixels, and whether the system cuts it to a shape of its own.
_KINDS = {
    "any-192": (192, False),
    "any-512": (512, False),
    "maskable-512": (512, True),
    "touch": (180, True),
}
_KEPT_DRAWINGS = 64


@require_safe
@door(audience=Audience.ANYONE, before_password_change=True)
def manifest(request: Any) -> HttpResponse:
    """What a browser reads before it puts the site on a home screen."""
    brand, record = request.brand, branding.brand()
    if record is None:
        raise Http404
    found = {
        "id": "/",
        "name": f"{brand.name} – {brand.authority}",
        "short_name": brand.home_screen.label,
        "description": brand.slogan,
        "lang": "fr",
        "dir": "ltr",
        "start_url": reverse("public:home:start"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": brand.home_screen.colour,
        "icons": [_icon(record.digest, kind) for kind in ("any-192", "any-512", "maskable-512")],
    }
    return JsonResponse(found, content_type="application/manifest+json")


def _icon(digest: str, kind: str) -> dict[str, str]:
    side, _full = _KINDS[kind]
    return {
        "src": reverse("public:branding:app_icon", kwargs={"digest": digest, "kind": kind}),
        "sizes": f"{side}x{side}",
        "type": "image/png",
        "purpose": kind.partition("-")[0],
    }


@require_safe
@door(audience=Audience.ANYONE, before_password_change=True)
def app_icon(_request: HttpRequest, digest: str, kind: str) -> HttpResponse:
    """The tenant's icon as a picture; the digest in the address changes with the brand."""
    record, palette = branding.brand(), page_palette()
    if record is None or palette is None or record.digest != digest or kind not in _KINDS:
        raise Http404
    side, full = _KINDS[kind]
    logo = files.file_by_digest(digest=record.logo_digest) if record.logo_digest else None
    drawing = app_icon_svg(
        logo=files.content_of(file_id=logo.id) if logo else b"",
        media_type=logo.media_type if logo else "",
        name=record.name,
        palette=palette,
        full=full,
    )
    return HttpResponse(
        _drawn_once(drawing, side), content_type="image/png", headers={"Cache-Control": FOR_GOOD}
    )


@functools.lru_cache(maxsize=_KEPT_DRAWINGS)
def _drawn_once(drawing: str, side: int) -> bytes:
    return png_of(drawing, side_px=side)


@require_safe
@door(audience=Audience.ANYONE, before_password_change=True)
def service_worker(request: Any) -> HttpResponse:
    """The script that keeps pages for the time without a network, with the files they need."""
    brand = request.brand
    if brand is None:
        raise Http404
    content = service_worker_script(
        brand_files=[each for each in (brand.stylesheet_url, brand.logo_url) if each],
        offline=reverse("public:branding:offline"),
        page=_offline_page(request),
        sign_out=reverse("public:identity:sign_out"),
    )
    return HttpResponse(
        content,
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


@require_safe
@door(audience=Audience.ANYONE, before_password_change=True)
def offline(request: Any) -> HttpResponse:
    """What stands where a page would be, without a network: what was kept, and what to do."""
    return HttpResponse(_offline_page(request))


def _offline_page(request: Any) -> bytes:
    """The same for everybody: it is kept before anybody signs in, and after."""
    brand = replace(request.brand, home_url=reverse("public:home:start"))
    return render_to_string("public/branding/offline.html", {"brand": brand}).encode()
