from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tessere.domains.branding import queries as branding
from tessere.domains.files import queries as files
from tessere.foundation.actor import Audience
from tessere.gate.door import door
from tessere.ui.theme import Rgb, theme_css

FOR_GOOD = "public, max-age=31536000, immutable"
_DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
@door(audience=Audience.ANYONE, before_password_change=True)
def stylesheet(_request: HttpRequest, digest: str) -> HttpResponse:
    """The tenant's colours; the digest in the address changes with them."""
    brand = branding.brand()
    if brand is None or brand.digest != digest:
        raise Http404
    css = theme_css(_rgb(brand.brand_rgb), _rgb(brand.accent_rgb), brand.on_brand, brand.corner_px)
    return HttpResponse(
        css, content_type="text/css; charset=utf-8", headers={"Cache-Control": FOR_GOOD}
    )


@require_safe
@door(audience=Audience.ANYONE, before_password_change=True)
def logo(_request: HttpRequest, digest: str) -> HttpResponse:
    """The tenant's logo, and no other of its files."""
    brand = branding.brand()
    found = files.file_by_digest(digest=digest)
    if brand is None or brand.logo_digest != digest or found is None:
        raise Http404
    return HttpResponse(
        files.content_of(file_id=found.id),
        content_type=found.media_type,
        headers={"Cache-Control": FOR_GOOD, "Content-Security-Policy": _DRAWING_POLICY},
    )


def _rgb(text: str) -> Rgb:
    red, green, blue = (int(part) for part in text.split(","))
    return Rgb(red, green, blue)
