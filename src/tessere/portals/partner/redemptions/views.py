from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tessere.domains.ledger.types import KeyReused
from tessere.domains.partners.types import TooManyUnknownCodes, TypedEntryLocked
from tessere.domains.redemptions import queries, services
from tessere.domains.redemptions.types import (
    NumberMistyped,
    Refused,
    VoucherAcceptance,
    VoucherAlreadyRedeemed,
)
from tessere.foundation.clock import now
from tessere.foundation.codes import InvalidNumber, read_number
from tessere.foundation.errors import Refusal
from tessere.gate.forms import see_other, show_refusal
from tessere.gate.spaces import ShowItToThePartner
from tessere.portals.partner.base import partner_door, partner_page
from tessere.portals.partner.redemptions.forms import AcceptForm
from tessere.portals.partner.redemptions.overview import home_context, waiting_context

HOME = "partner:redemptions:home"
# What concerns the typing and not the bon is shown beside the field, to be tried again there.
_BESIDE_THE_FIELD = (NumberMistyped, TooManyUnknownCodes, TypedEntryLocked, KeyReused)


@require_safe
@partner_door("redemptions.accept")
def home(request: Any) -> HttpResponse:
    """ACCUEIL: accept an e-coupon, and what is waiting to be reimbursed."""
    return _home(request, AcceptForm(initial={"number": request.GET.get("number", "")}))


@require_safe
@partner_door("redemptions.accept")
def waiting(request: Any) -> HttpResponse:
    """The figures of ACCUEIL alone, which the page asks for again and again (decision D20)."""
    context = waiting_context(partner_id=request.actor.partner_id, now=now())
    return TemplateResponse(request, "partner/redemptions/waiting.html", context)


@partner_door("redemptions.accept", form=HOME, keep=("number",))
@require_POST
def accept(request: Any) -> HttpResponse:
    """Accept the bon with the number that was typed or scanned."""
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _home(request, form, status=400)
    try:
        number = read_number(form.cleaned_data["number"])
        wanted = VoucherAcceptance(
            key=form.cleaned_data["key"],
            number=number,
            partner_id=request.actor.partner_id,
            proof=form.cleaned_data["proof"],
        )
        [outcome] = services.accept(actor=request.actor, requests=[wanted], now=now())
    except InvalidNumber:
        return _mistyped(request, form)
    except _BESIDE_THE_FIELD as refusal:
        return _beside_the_field(request, form, refusal)
    if not isinstance(outcome, Refused):
        return see_other("partner:redemptions:accepted", number=outcome.number)
    if isinstance(outcome.refusal, _BESIDE_THE_FIELD):
        return _beside_the_field(request, form, outcome.refusal)
    return _refused(request, number, outcome.refusal)


def _mistyped(request: Any, form: AcceptForm) -> HttpResponse:
    try:
        services.note_mistyped_number(actor=request.actor, now=now())
    except (TooManyUnknownCodes, TypedEntryLocked) as refusal:
        return _beside_the_field(request, form, refusal)
    return _beside_the_field(request, form, NumberMistyped())


def _beside_the_field(request: Any, form: AcceptForm, refusal: Refusal) -> HttpResponse:
    form.start_again(number=form.cleaned_data["number"])
    show_refusal(form, refusal, field="number")
    return _home(request, form, status=refusal.status)


def _refused(request: Any, number: str, refusal: Refusal) -> HttpResponse:
    earlier = None
    if isinstance(refusal, VoucherAlreadyRedeemed):
        partner_id = request.actor.partner_id
        earlier = queries.redemption_of_voucher(partner_id=partner_id, number=number)
    # The first sentence is what a person at the counter needs; the rest explains it.
    why, line = refusal.sentences()
    page = {
        "refusal": refusal,
        "why": why,
        "line": line,
        "number": number,
        "earlier": earlier,
        "now": now(),
    }
    return partner_page(
        request, "redemptions/refused.html", page, current=HOME, status=refusal.status
    )


def _home(request: Any, form: AcceptForm, *, status: int = 200) -> HttpResponse:
    context = home_context(host=request.tenant.host, actor=request.actor, now=now())
    return partner_page(
        request, "redemptions/home.html", {"form": form, **context}, current=HOME, status=status
    )


@require_safe
@partner_door("redemptions.accept", to_others=ShowItToThePartner)
def scan(request: Any, number: str, proof: str) -> HttpResponse:
    """The QR code of a bon, opened by the telephone's own camera: one button accepts it."""
    form = AcceptForm(initial={"number": number, "proof": proof})
    return partner_page(
        request, "redemptions/scan.html", {"form": form, "number": number}, current=HOME
    )


@require_safe
@partner_door("redemptions.accept")
def accepted(request: Any, number: str) -> HttpResponse:
    """The verdict, to be seen from two metres."""
    detail = queries.redemption_of_partner(partner_id=request.actor.partner_id, number=number)
    page = {
        "detail": detail,
        "may_cancel": request.actor.may("redemptions.cancel"),
        **waiting_context(partner_id=request.actor.partner_id, now=now()),
    }
    return partner_page(request, "redemptions/accepted.html", page, current=HOME)


@partner_door("redemptions.reopen_typed_entry", form=HOME)
@require_POST
def reopen_typed_entry(request: Any) -> HttpResponse:
    """Open typing again after a lock (decision D17)."""
    services.reopen_typed_entry(actor=request.actor, now=now())
    messages.success(request, _("La saisie des numéros est rouverte."))
    return see_other(HOME)
