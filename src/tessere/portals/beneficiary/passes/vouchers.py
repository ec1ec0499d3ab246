from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tessere.domains.passes import queries, services
from tessere.domains.passes.types import (
    VOUCHER_STATUS_WORDS,
    VoucherDetail,
    VoucherStatus,
)
from tessere.foundation.clock import local_date, now
from tessere.foundation.links import voucher_qr_url
from tessere.foundation.money import format_euros
from tessere.gate.forms import CommandForm, see_other
from tessere.gate.paper import Paper, draw
from tessere.portals.beneficiary.base import VOUCHERS, beneficiary_door, beneficiary_page
from tessere.portals.beneficiary.passes.printing import voucher_sheet
from tessere.ui.text import date_long

VOUCHER = "beneficiary:passes:voucher"

_KINDS = {
    VoucherStatus.ISSUED: "go",
    VoucherStatus.REDEEMED: "ok",
    VoucherStatus.CANCELLED: "none",
    VoucherStatus.EXPIRED: "stop",
}


@dataclass(frozen=True, kw_only=True)
class ShownVoucher:
    """A bon and its state as people should read it today."""

    detail: VoucherDetail
    status: VoucherStatus
    more: str

    @property
    def kind(self) -> str:
        """The kind of its state."""
        return _KINDS[self.status]

    @property
    def words(self) -> str:
        """Its state in words."""
        return str(VOUCHER_STATUS_WORDS[self.status])

    @property
    def is_usable(self) -> bool:
        """Whether a partner would accept it."""
        return self.status is VoucherStatus.ISSUED


def shown(detail: VoucherDetail, *, today: date) -> ShownVoucher:
    """A bon with the words for its state of today."""
    voucher = detail.voucher
    status = voucher.status_on(today)
    if status is VoucherStatus.ISSUED:
        more = _("jusqu’au %(day)s") % {"day": date_long(voucher.last_day)}
    elif voucher.ended_at is None or status is VoucherStatus.EXPIRED:
        more = _("valable jusqu’au %(day)s") % {"day": date_long(voucher.last_day)}
    else:
        more = _("le %(day)s") % {"day": date_long(voucher.ended_at)}
    return ShownVoucher(detail=detail, status=status, more=more)


@require_safe
@beneficiary_door("passes.read")
def vouchers(request: Any) -> HttpResponse:
    """All bons of the account's people: those to use first, then the newest."""
    today = local_date(now())
    found = queries.vouchers_of(beneficiary_ids=request.actor.beneficiary_ids)
    rows = sorted((shown(one, today=today) for one in found), key=lambda one: not one.is_usable)
    context = {"rows": rows, "several": len(request.actor.beneficiary_ids) > 1}
    return beneficiary_page(request, "passes/vouchers.html", context, current=VOUCHERS, keeps=True)


@require_safe
@beneficiary_door("passes.read")
def voucher(request: Any, number: str) -> HttpResponse:
    """One bon: its number and QR code to show, to print or to cancel."""
    bon = _own(request, number)
    proof = queries.voucher_proof(number=number)
    qr_url = voucher_qr_url(host=request.tenant.host, number=number, proof=proof)
    context = {"bon": bon, "qr_url": qr_url}
    return beneficiary_page(request, "passes/voucher.html", context, current=VOUCHERS, keeps=True)


@require_safe
@beneficiary_door("passes.read")
def voucher_pdf(request: Any, number: str) -> HttpResponse:
    """The bon on an A4 sheet; only while it can be used."""
    bon = _own(request, number)
    if not bon.is_usable:
        return redirect(VOUCHER, number=number)
    sheet = voucher_sheet(host=request.tenant.host, brand=request.brand, detail=bon.detail)
    return Paper(lambda: draw(sheet), name=f"bon-{number}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@beneficiary_door("passes.cancel_voucher")
def cancel_voucher(request: Any, number: str) -> HttpResponse:
    """Ask, then cancel: the value goes back to the e-coupon."""
    form = CommandForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["key"]
        services.cancel_voucher(actor=request.actor, key=key, number=number, now=now())
        messages.success(request, _("Le bon est annulé. Sa valeur est revenue sur votre e.coupon."))
        return see_other(VOUCHER, number=number)
    bon = _own(request, number)
    if not bon.is_usable:
        return redirect(VOUCHER, number=number)
    status = 400 if form.is_bound else 200
    context = {"form": form, "bon": bon, "sum": format_euros(bon.detail.voucher.amount_cents)}
    return beneficiary_page(
        request, "passes/cancel_voucher.html", context, current=VOUCHERS, status=status
    )


def _own(request: Any, number: str) -> ShownVoucher:
    detail = queries.voucher_of(beneficiary_ids=request.actor.beneficiary_ids, number=number)
    return shown(detail, today=local_date(now()))
