from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tessere.domains.redemptions import queries, services
from tessere.foundation.clock import now
from tessere.gate.forms import see_other
from tessere.portals.partner.base import partner_door, partner_page
from tessere.portals.partner.redemptions.forms import CancelForm, ExportForm, SearchForm
from tessere.ui.paging import asked_page, paginate
from tessere.ui.text import code3

LIST = "partner:redemptions:operations"


@require_safe
@partner_door("redemptions.read")
def operations(request: Any) -> HttpResponse:
    """OPÉRATIONS: the structure's operations, searched, newest first; the sum of those picked."""
    number = request.GET.get("number", "").strip()
    found = queries.redemptions_of_partner(
        partner_id=request.actor.partner_id,
        number=number,
        **asked_page(request.GET),
    )
    picked = set(request.GET.getlist("op"))
    summed = [one for one in found.rows if one.number in picked and not one.is_cancelled]
    page = {
        "search": SearchForm(initial={"number": number}),
        "number": number,
        "export": ExportForm(initial={"number": number}, auto_id="id_export_%s"),
        "may_cancel": request.actor.may("redemptions.cancel"),
        "may_export": request.actor.may("redemptions.export"),
        "rows": found.rows,
        "page": paginate(found.total, request.GET),
        "picked": {one.number for one in summed},
        "picked_count": len(summed),
        "picked_cents": sum(one.amount_cents for one in summed),
    }
    return partner_page(request, "redemptions/operations.html", page, current=LIST)


@partner_door("redemptions.export", form=LIST)
@require_POST
def export(request: Any) -> HttpResponse:
    """EXPORTER: all that the search finds, in a file that waits in MES EXPORTS."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    made = services.export(actor=request.actor, now=now(), **form.cleaned_data)
    words = _("Le fichier « %(name)s » est prêt.")
    messages.success(request, words % {"name": made.name})
    return see_other("partner:exports:exports")


@require_safe
@partner_door("redemptions.read")
def operation(request: Any, number: str) -> HttpResponse:
    """One operation: what, who, when, by which channel."""
    detail = queries.redemption_of_partner(partner_id=request.actor.partner_id, number=number)
    page = {"detail": detail, "may_cancel": request.actor.may("redemptions.cancel")}
    return partner_page(request, "redemptions/operation.html", page, current=LIST)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_door("redemptions.cancel")
def cancel(request: Any, number: str) -> HttpResponse:
    """Ask, then cancel: the value goes back to the beneficiary, the row stays."""
    form = CancelForm(request.POST or None)
    if form.is_valid():
        services.cancel(actor=request.actor, key=form.cleaned_data["key"], number=number, now=now())
        words = _("L’opération %(number)s est annulée. La valeur est revenue au bénéficiaire.")
        messages.success(request, words % {"number": code3(number)})
        return see_other(LIST)
    detail = queries.redemption_to_cancel(partner_id=request.actor.partner_id, number=number)
    page = {"form": form, "detail": detail}
    status = 400 if form.is_bound else 200
    return partner_page(request, "redemptions/cancel.html", page, current=LIST, status=status)
