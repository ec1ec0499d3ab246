from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tessere.domains.partners import queries as partners
from tessere.domains.partners.types import PartnerRecord
from tessere.domains.passes import services
from tessere.domains.passes.types import BalanceTooLow, InvalidVoucherAmount
from tessere.foundation.clock import now
from tessere.foundation.errors import Refusal
from tessere.foundation.money import format_euros
from tessere.gate.forms import see_other, show_refusal
from tessere.portals.beneficiary.base import VOUCHERS, beneficiary_door, beneficiary_page
from tessere.portals.beneficiary.passes.forms import PlaceForm, PurseForm, VoucherForm
from tessere.portals.beneficiary.passes.options import PurseOption, first_choice, purse_options


@require_http_methods(["GET", "HEAD", "POST"])
@beneficiary_door("passes.create_voucher", keep=("key", "purse", "partner", "amount"))
def create_voucher(request: Any) -> HttpResponse:
    """A bon in three steps carried by the address: e-coupon, structure, value."""
    if request.method == "POST":
        return _create(request)
    chosen = _purse_form(request, request.GET if "purse" in request.GET else None)
    if not chosen.is_valid():
        return _ask(request, step=1, form=chosen, status=400 if chosen.is_bound else 200)
    option = chosen.cleaned_data["purse"]
    place = _place_form(option, request.GET if "partner" in request.GET else None)
    if not place.is_valid():
        status = 400 if place.is_bound else 200
        return _ask(request, step=2, form=place, option=option, status=status)
    asked = {name: place.cleaned_data[name] for name in ("key", "purse")}
    partner = place.cleaned_data["partner"]
    amount = request.GET.get("amount", "")
    form = VoucherForm(initial={**asked, "partner": partner.id, "amount": amount})
    return _ask(request, step=3, form=form, option=option, partner=partner)


def _create(request: Any) -> HttpResponse:
    form = VoucherForm(request.POST)
    if not form.is_valid():
        return _ask_again(request, form, status=400)
    wanted = form.cleaned_data
    try:
        number = services.create_voucher(
            actor=request.actor,
            key=wanted["key"],
            purse_id=wanted["purse"],
            partner_id=wanted["partner"],
            amount_cents=wanted["amount"],
            now=now(),
        )
    except Refusal as refusal:
        form.start_again()
        beside_amount = isinstance(refusal, (BalanceTooLow, InvalidVoucherAmount))
        show_refusal(form, refusal, field="amount" if beside_amount else None)
        return _ask_again(request, form, status=refusal.status)
    words = _("Votre bon est prêt. La somme de %(sum)s est réservée sur votre e.coupon.")
    messages.success(request, words % {"sum": format_euros(wanted["amount"])})
    return see_other("beneficiary:passes:voucher", number=number)


def _ask_again(request: Any, form: VoucherForm, *, status: int) -> HttpResponse:
    """The last step with what was typed; the first one when the choices no longer stand."""
    chosen = _purse_form(request, form.data)
    option = chosen.cleaned_data["purse"] if chosen.is_valid() else None
    place = _place_form(option, form.data) if option else None
    if place is None or not place.is_valid():
        chosen = _purse_form(request, None)
        chosen.cleaned_data = {}
        for error in [error for errors in form.errors.values() for error in errors]:
            chosen.add_error(None, error)
        return _ask(request, step=1, form=chosen, status=status)
    partner = place.cleaned_data["partner"]
    return _ask(request, step=3, form=form, option=option, partner=partner, status=status)


def _purse_form(request: Any, data: Any) -> PurseForm:
    preferred = request.GET.get("purse", "")
    options = purse_options(actor=request.actor, partner=None, preferred=preferred, now=now())
    initial = {"purse": first_choice(options, preferred=preferred)}
    return PurseForm(data, options=options, initial=initial)


def _place_form(option: PurseOption, data: Any) -> PlaceForm:
    found = partners.partners_accepting(benefit_id=option.purse.benefit.id)
    return PlaceForm(data, partners=found, initial={"purse": option.purse.id})


def _ask(
    request: Any,
    *,
    step: int,
    form: Any,
    option: PurseOption | None = None,
    partner: PartnerRecord | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "step": step,
        "form": form,
        "purse": option.purse if option else None,
        "partner": partner,
        "possible": step > 1 or any(not one.reason for one in form.options.values()),
    }
    return beneficiary_page(
        request, "passes/create_voucher.html", context, current=VOUCHERS, status=status
    )
