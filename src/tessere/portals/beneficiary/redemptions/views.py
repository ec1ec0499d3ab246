from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tessere.domains.partners.types import PartnerRecord, PartnerSuspended
from tessere.domains.passes.types import BalanceTooLow
from tessere.domains.redemptions import services
from tessere.domains.redemptions.types import AmountMissing, Channel, Payment, Refused
from tessere.foundation.clock import now
from tessere.foundation.errors import Refusal
from tessere.foundation.links import path_to
from tessere.gate.forms import see_other, show_refusal
from tessere.gate.spaces import LetTheBeneficiaryScan
from tessere.portals.beneficiary.base import beneficiary_door, beneficiary_page
from tessere.portals.beneficiary.passes.options import first_choice, purse_options
from tessere.portals.beneficiary.redemptions.forms import AmountForm, PayeeForm, PayForm
from tessere.portals.beneficiary.redemptions.payee import Payee, read_payee, scanned, typed

AMOUNT = "beneficiary:redemptions:amount"


@require_http_methods(["GET", "HEAD", "POST"])
@beneficiary_door("redemptions.find_payee", keep=("purse",))
def pay(request: Any) -> HttpResponse:
    """Step 1: whom. The camera leads to `scan`; a typed code is looked up here."""
    if request.method != "POST":
        return _ask_payee(request, PayeeForm(initial={"purse": _preferred(request)}))
    form = PayeeForm(request.POST)
    if not form.is_valid():
        return _ask_payee(request, form, status=400)
    code = form.cleaned_data["code"]
    try:
        found = services.find_payee(actor=request.actor, code=code, now=now())
    except Refusal as refusal:
        found = refusal
    if not isinstance(found, PartnerRecord):
        show_refusal(form, found, field="code")
        return _ask_payee(request, form, status=found.status)
    payee = typed(actor=request.actor, partner=found)
    return see_other(f"{_path(AMOUNT, payee)}?purse={form.cleaned_data['purse'] or ''}")


@require_safe
@beneficiary_door("redemptions.accept", to_others=LetTheBeneficiaryScan)
def scan(request: Any, code: str, check: str) -> HttpResponse:
    """What the QR code of a structure opens: step 2."""
    try:
        payee = scanned(code=code, check=check)
    except Refusal as refusal:
        return _payee_refused(request, refusal)
    return _ask_amount(request, payee)


@require_safe
@beneficiary_door("redemptions.accept")
def amount(request: Any, way: Channel, code: str, check: str) -> HttpResponse:
    """Step 2: with which e-coupon, and how much."""
    try:
        payee = read_payee(actor=request.actor, way=way, code=code, check=check)
    except Refusal as refusal:
        return _payee_refused(request, refusal)
    return _ask_amount(request, payee)


@require_http_methods(["GET", "HEAD", "POST"])
@beneficiary_door("redemptions.accept", keep=("key", "purse", "amount"))
def confirm(request: Any, way: Channel, code: str, check: str) -> HttpResponse:
    """Step 3: the structure, its town and the amount, then the payment."""
    pays = request.method == "POST"
    try:
        payee = read_payee(actor=request.actor, way=way, code=code, check=check, judged=not pays)
    except Refusal as refusal:
        return _payee_refused(request, refusal)
    if pays:
        return _pay(request, payee)
    if "amount" not in request.GET:
        return see_other(f"{_path(AMOUNT, payee)}?{request.GET.urlencode()}")
    form = _amount_form(request, payee, request.GET)
    if not form.is_valid():
        return _ask_amount(request, payee, form, status=400)
    agreed = {name: form.cleaned_data[name] for name in ("key", "purse", "amount")}
    context = {
        "payee": payee,
        **agreed,
        "change": -agreed["amount"],
        "left": agreed["purse"].purse.available_cents - agreed["amount"],
        "change_url": f"{_path(AMOUNT, payee)}?{request.GET.urlencode()}",
        "typed_amount": form["amount"].value(),
    }
    return beneficiary_page(request, "redemptions/confirm.html", context)


def _pay(request: Any, payee: Payee) -> HttpResponse:
    form = PayForm(request.POST)
    if not form.is_valid():
        return _ask_amount(request, payee, _amount_form(request, payee, request.POST), status=400)
    payment = Payment(
        key=form.cleaned_data["key"],
        channel=payee.channel,
        purse_id=form.cleaned_data["purse"],
        partner_id=payee.partner.id,
        amount_cents=form.cleaned_data["amount"],
    )
    try:
        [outcome] = services.accept(actor=request.actor, requests=[payment], now=now())
    except Refusal as refusal:
        outcome = Refused(refusal=refusal)
    if not isinstance(outcome, Refused):
        return see_other("beneficiary:redemptions:receipt", number=outcome.number)
    return _refused(request, payee, outcome.refusal)


def _refused(request: Any, payee: Payee, refusal: Refusal) -> HttpResponse:
    """Step 2 again, with what was typed, a fresh key, and why nothing was debited."""
    if isinstance(refusal, PartnerSuspended):
        return _payee_refused(request, refusal)
    form = _amount_form(request, payee, request.POST)
    form.start_again()
    # What the service says is the one thing to read.
    form.errors.clear()
    beside_amount = isinstance(refusal, (BalanceTooLow, AmountMissing))
    show_refusal(form, refusal, field="amount" if beside_amount else None)
    return _ask_amount(request, payee, form, status=refusal.status)


def _ask_payee(
    request: Any, form: PayeeForm, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    scanned_path = f"{path_to('beneficiary:passes:home')}p/"
    # After a refusal its words come first: the camera waits to be asked.
    fresh = refusal is None and not form.is_bound
    context = {"form": form, "refusal": refusal, "scanned_path": scanned_path, "fresh": fresh}
    return beneficiary_page(request, "redemptions/pay.html", context, status=status)


def _payee_refused(request: Any, refusal: Refusal) -> HttpResponse:
    return _ask_payee(request, PayeeForm(), refusal=refusal, status=refusal.status)


def _ask_amount(
    request: Any, payee: Payee, form: AmountForm | None = None, *, status: int = 200
) -> HttpResponse:
    form = form or _amount_form(request, payee, None)
    context = {
        "payee": payee,
        "form": form,
        "possible": any(not one.reason for one in form.options.values()),
        "confirm_url": _path("beneficiary:redemptions:confirm", payee),
    }
    return beneficiary_page(request, "redemptions/amount.html", context, status=status)


def _amount_form(request: Any, payee: Payee, data: Any) -> AmountForm:
    preferred = _preferred(request)
    options = purse_options(
        actor=request.actor, partner=payee.partner, preferred=preferred, now=now()
    )
    initial = {
        "purse": first_choice(options, preferred=preferred),
        "amount": request.GET.get("amount", ""),
    }
    return AmountForm(data, options=options, initial=initial)


def _preferred(request: Any) -> str:
    asked = request.POST.get("purse") or request.GET.get("purse", "")
    return asked if asked.isascii() and asked.isdigit() and len(asked) < 19 else ""


def _path(name: str, payee: Payee) -> str:
    return path_to(name, way=payee.channel, code=payee.partner.code, check=payee.check)
