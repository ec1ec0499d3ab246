"""The partner's own QR code: on the screen across the counter, as files, on a poster."""

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tessere.domains.partners import queries
from tessere.domains.partners.types import PartnerRecord
from tessere.foundation.codes import partner_code_check
from tessere.foundation.links import partner_qr_url
from tessere.gate.kept import KeptPage, kept_pages
from tessere.gate.page import page_palette
from tessere.gate.paper import Paper, draw
from tessere.portals.partner.base import KEPT, partner_door
from tessere.ui.drawing import qr_drawing
from tessere.ui.drawing import qr_png as qr_picture
from tessere.ui.printing import PrintedPoster, poster_document

# Sharp on a leaflet: some 9 cm at 300 dpi.
_PICTURE_PX = 1_060


@require_safe
@partner_door("partners.show_qr")
def qr(request: Any) -> HttpResponse:
    """The QR code as large as the screen, and its files."""
    structure, payload = _own(request)
    page = {"structure": structure, "payload": payload, "keep_url": reverse(KEPT)}
    return TemplateResponse(request, "partner/partners/qr.html", page)


@require_safe
@partner_door("partners.show_qr")
def qr_png(request: Any) -> HttpResponse:
    """The QR code as a picture, for a leaflet or a website."""
    structure, payload = _own(request)
    content = qr_picture(payload, at_least_px=_PICTURE_PX)
    return _download(content, media_type="image/png", name=f"qr-code-{structure.code}.png")


@require_safe
@partner_door("partners.show_qr")
def qr_svg(request: Any) -> HttpResponse:
    """The QR code as a drawing, sharp at any size."""
    structure, payload = _own(request)
    title = _("QR code du partenaire %(name)s") % {"name": structure.name}
    content = qr_drawing(payload, title)
    return _download(content, media_type="image/svg+xml", name=f"qr-code-{structure.code}.svg")


@require_safe
@partner_door("partners.show_qr")
def poster(request: Any) -> HttpResponse:
    """The A4 poster for the counter; the browser shows it, ready to be printed."""
    structure, payload = _own(request)
    palette = page_palette()
    assert palette is not None
    printed = PrintedPoster(partner=structure.name, code=structure.code, qr_payload=payload)
    document = poster_document(request.brand, palette, printed)
    return Paper(lambda: draw(document), name=f"affiche-{structure.code}.pdf")


@require_safe
@partner_door("partners.show_qr")
def kept(request: Any) -> HttpResponse:
    """What a structure can show without a network: its QR code."""
    structure, payload = _own(request)
    page = KeptPage(
        url=reverse("partner:partners:qr"),
        label=_("Mon QR code"),
        facts=(structure.name, structure.status, payload),
    )
    return kept_pages([page])


def _own(request: Any) -> tuple[PartnerRecord, str]:
    """The structure of the person, and what its QR code holds."""
    structure = queries.partner_by_id(partner_id=request.actor.partner_id)
    check = partner_code_check(structure.code)
    host = request.tenant.host
    return structure, partner_qr_url(host=host, code=structure.code, check=check)


def _download(content: bytes, *, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)
