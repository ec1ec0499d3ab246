from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tessere.domains.exports import queries, services
from tessere.domains.exports.types import owner_of
from tessere.domains.files import queries as files
from tessere.foundation.clock import now
from tessere.foundation.tenancy import tenant_context
from tessere.gate.forms import see_other
from tessere.portals.partner.base import partner_door, partner_page
from tessere.ui.paging import asked_page, paginate

ENTRY = "partner:exports:exports"


@require_safe
@partner_door("exports.read")
def exports(request: Any) -> HttpResponse:
    """MES EXPORTS: the files that the structure asked for, and where each one stands."""
    found = queries.exports_of(owner=owner_of(request.actor), **asked_page(request.GET))
    page = {
        "rows": found.rows,
        "page": paginate(found.total, request.GET),
        "may_delete": request.actor.may("exports.delete"),
    }
    return partner_page(request, "exports/exports.html", page, current=ENTRY)


@require_safe
@partner_door("exports.read")
def progress(request: Any) -> HttpResponse:
    """The list alone, for a page that shows it growing."""
    found = queries.exports_of(owner=owner_of(request.actor), **asked_page(request.GET))
    return TemplateResponse(request, "partner/exports/rows.html", {"rows": found.rows})


@require_safe
@partner_door("exports.download", logs_reading=True)
def download(request: Any, export_id: int) -> StreamingHttpResponse:
    """One of these files, piece by piece."""
    found = services.download(actor=request.actor, export_id=export_id, now=now())
    return StreamingHttpResponse(
        _pieces(tenant_id=request.tenant.id, file_id=found.file_id),
        content_type=found.media_type,
        headers={
            "Content-Length": str(found.size_bytes),
            "Content-Disposition": content_disposition_header(
                as_attachment=True, filename=found.name
            ),
        },
    )


async def _pieces(*, tenant_id: int, file_id: int) -> AsyncIterator[bytes]:
    position = 0
    while piece := await sync_to_async(partial(_piece, tenant_id, file_id, position))():
        yield piece
        position += 1


def _piece(tenant_id: int, file_id: int, position: int) -> bytes:
    # The answer is sent after the request has left its tenant and its transaction.
    with tenant_context(tenant_id):
        return files.chunk(file_id=file_id, position=position)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_door("exports.delete")
def delete(request: Any, export_id: int) -> HttpResponse:
    """Ask, then delete: the file leaves the list and the storage."""
    found = queries.export_of(owner=owner_of(request.actor), export_id=export_id)
    if found is None:
        raise Http404
    if request.method == "POST":
        services.delete(actor=request.actor, export_id=export_id, now=now())
        messages.success(request, _("Le fichier « %(name)s » est supprimé.") % {"name": found.name})
        return see_other(ENTRY)
    return partner_page(request, "exports/delete.html", {"one": found}, current=ENTRY)
