from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tessere.domains.exports import queries, services
from tessere.domains.exports.types import owner_of
from tessere.foundation.clock import now
from tessere.portals.partner.base import partner_door, partner_page

ENTRY = "partner:exports:exports"


@require_safe
@partner_door("exports.read")
def exports(request: Any) -> HttpResponse:
    """MES EXPORTS: the files that the structure asked for."""
    rows = queries.exports_of(owner=owner_of(request.actor))
    return partner_page(request, "exports/exports.html", {"rows": rows}, current=ENTRY)


@require_safe
@partner_door("exports.download", logs_reading=True)
def download(request: Any, export_id: int) -> HttpResponse:
    """One of these files."""
    found = services.download(actor=request.actor, export_id=export_id, now=now())
    return HttpResponse(
        found.content,
        content_type=found.media_type,
        headers={
            "Content-Disposition": content_disposition_header(
                as_attachment=True, filename=found.name
            )
        },
    )
