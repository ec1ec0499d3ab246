from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tessere.domains.redemptions import queries, services
from tessere.domains.redemptions.types import MOST_NOTICES, Selection
from tessere.foundation.clock import now
from tessere.gate.forms import see_other
from tessere.portals.partner.base import partner_door, partner_page
from tessere.portals.partner.redemptions.forms import (
    CancelForm,
    ExportForm,
    ReferenceForm,
    SearchForm,
    SinceForm,
)
from tessere.ui.paging import asked_page, paginate
from tessere.ui.text import code3

LIST = "partner:redemptions:operations"
# What an address can carry from page to page.
MOST_PICKED = 500


@require_safe
@partner_door("redemptions.read")
def operations(request: Any) -> HttpResponse:
    """OPÉRATIONS: what a search finds, newest first; the sum of those picked, on any page."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        page = {"search": form, "rows": [], "searched": form.asked()}
        return partner_page(request, "redemptions/operations.html", page, current=LIST, status=400)
    actor = request.actor
    found = queries.redemptions_of_partner(
        partner_id=actor.partner_id, search=form.search(), **asked_page(request.GET)
    )
    picked = _picked(request, request.GET)
    here = {one.number for one in found.rows}
    page = {
        "search": form,
        "searched": form.asked(),
        "export": ExportForm(),
        "may_cancel": actor.may("redemptions.cancel"),
        "may_export": actor.may("redemptions.export"),
        "may_refer": actor.may("redemptions.set_reference"),
        "now": now(),
        "rows": found.rows,
        "page": paginate(found.total, request.GET),
        "picked": picked,
        "elsewhere": {
            number: cents for number, cents in picked.cents_by_number.items() if number not in here
        },
        "without_picks": urlencode(form.asked()),
    }
    return partner_page(request, "redemptions/operations.html", page, current=LIST)


@require_safe
@partner_door("redemptions.read")
def changed(request: Any) -> HttpResponse:
    """What an open list lacks by now, in one line with the button that shows it."""
    form = SinceForm(request.GET)
    if not form.is_valid():
        raise BadRequest
    count = queries.changed_of_partner(
        partner_id=request.actor.partner_id, since=form.cleaned_data["since"]
    )
    page = {"count": count, "most": MOST_NOTICES}
    return TemplateResponse(request, "partner/redemptions/changed.html", page)


def _picked(request: Any, data: Any) -> Selection:
    numbers = data.getlist("op")[:MOST_PICKED]
    return queries.selection_of_partner(partner_id=request.actor.partner_id, numbers=numbers)


@partner_door("redemptions.export", form=LIST)
@require_POST
def export(request: Any) -> HttpResponse:
    """EXPORTER: all that the search finds, in a file that the worker makes for MES EXPORTS."""
    form = ExportForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    asked = services.export(
        actor=request.actor,
        key=form.cleaned_data["key"],
        search=form.search(),
        now=now(),
        **form.wish(),
    )
    words = _("Le fichier « %(name)s » se prépare.")
    messages.success(request, words % {"name": asked.name})
    return see_other("partner:exports:exports")


@require_http_methods(["GET", "HEAD", "POST"])
@partner_door("redemptions.set_reference")
def set_reference(request: Any) -> HttpResponse:
    """The structure's own reference, on one operation or on all that were picked."""
    data = request.POST if request.method == "POST" else request.GET
    picked = _picked(request, data)
    if not picked.numbers:
        return see_other(LIST)
    form = ReferenceForm(request.POST or None)
    if form.is_valid():
        count = services.set_reference(
            actor=request.actor,
            numbers=picked.numbers,
            reference=form.cleaned_data["reference"],
            now=now(),
        )
        words = ngettext(
            "Référence enregistrée sur %(count)s opération.",
            "Référence enregistrée sur %(count)s opérations.",
            count,
        )
        messages.success(request, words % {"count": count})
        return see_other(LIST)
    page = {"form": form, "picked": picked}
    status = 400 if form.is_bound else 200
    return partner_page(
        request, "redemptions/set_reference.html", page, current=LIST, status=status
    )


@require_safe
@partner_door("redemptions.read")
def operation(request: Any, number: str) -> HttpResponse:
    """One operation: what, who, when, by which channel."""
    detail = queries.redemption_of_partner(partner_id=request.actor.partner_id, number=number)
    page = {
        "detail": detail,
        "may_cancel": request.actor.may("redemptions.cancel"),
        "may_refer": request.actor.may("redemptions.set_reference"),
        "reference": ReferenceForm(initial={"reference": detail.redemption.partner_reference}),
    }
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
