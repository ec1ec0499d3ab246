from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tessere.domains.exports import queries
from tessere.portals.partner.base import partner_door, partner_page

ENTRY = "partner:exports:exports"


@require_safe
@partner_door("exports.read")
def exports(request: Any) -> HttpResponse:
    """MES EXPORTS: the files that the structure asked for."""
    rows = queries.exports_of(owner=f"partner:{request.actor.partner_id}")
    return partner_page(request, "exports/exports.html", {"rows": rows}, current=ENTRY)
