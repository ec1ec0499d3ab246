"""The design system's own addresses: its two assets, and the gallery while developing."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tessere.ui import assets, gallery, theme

FOR_GOOD = "public, max-age=31536000, immutable"
PALETTES = {"marvigny": theme.MARVIGNY, "sorbier": theme.SORBIER}


@require_safe
def asset(_request: HttpRequest, digest: str, name: str) -> HttpResponse:
    """The style sheet or the script. An older digest leads to the current one."""
    current = {"tessere.css": assets.stylesheet, "tessere.js": assets.script}[name]()
    if digest != current.digest:
        return redirect("ui:asset", digest=current.digest, name=name)
    return HttpResponse(
        current.content,
        content_type=current.content_type,
        headers={"Cache-Control": FOR_GOOD, "X-Content-Type-Options": "nosniff"},
    )


def _require_gallery() -> None:
    if not (settings.DEBUG or getattr(settings, "TESSERE_GALLERY", False)):
        raise Http404


@require_safe
def show_gallery(request: HttpRequest, palette: str = "marvigny") -> HttpResponse:
    """Every component in its states, in one of the palettes that ship."""
    _require_gallery()
    return render(request, "ui/gallery/components.html", gallery.context(palette, request.GET))


@require_safe
def show_gallery_page(request: HttpRequest, palette: str, page: str) -> HttpResponse:
    """A layout with sample content."""
    _require_gallery()
    return render(request, f"ui/gallery/{page}.html", gallery.context(palette, request.GET))


@require_safe
def gallery_theme(_request: HttpRequest, palette: str) -> HttpResponse:
    """What a tenant's own style sheet looks like."""
    _require_gallery()
    chosen = PALETTES[palette]
    css = theme.theme_css(chosen.brand, chosen.accent, chosen.on_brand, chosen.corner_px)
    return HttpResponse(css, content_type="text/css; charset=utf-8")
