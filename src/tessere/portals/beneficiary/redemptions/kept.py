"""What a beneficiary can show without a network: the bons to use, and the last operations."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tessere.domains.passes import queries
from tessere.domains.passes.types import VoucherDetail, VoucherStatus
from tessere.foundation.clock import local_date, now
from tessere.foundation.money import format_euros
from tessere.gate.kept import KeptPage, kept_pages
from tessere.portals.beneficiary.base import VOUCHERS, beneficiary_door
from tessere.portals.beneficiary.passes.overview import SHOWN, Operation, operations
from tessere.portals.beneficiary.passes.vouchers import VOUCHER
from tessere.portals.beneficiary.redemptions.history import RECEIPT, is_live

# More bons than that are in nobody's pocket.
_MOST_BONS = 30


@require_safe
@beneficiary_door("redemptions.read_own")
def kept(request: Any) -> HttpResponse:
    """The pages of the account's people that open without a network."""
    people = request.actor.beneficiary_ids
    today = local_date(now())
    bons = [_bon(one, today=today) for one in queries.vouchers_of(beneficiary_ids=people)]
    usable = [page for page, status in bons if status is VoucherStatus.ISSUED][:_MOST_BONS]
    all_bons = KeptPage(
        url=reverse(VOUCHERS),
        label=_("Mes bons d’échange"),
        facts=tuple(page.version for page, _status in bons),
    )
    last, _total = operations(people, page=1, size=SHOWN)
    return kept_pages([all_bons, *usable, *map(_receipt, last)])


def _bon(detail: VoucherDetail, *, today: date) -> tuple[KeptPage, VoucherStatus]:
    voucher, status = detail.voucher, detail.voucher.status_on(today)
    words = _("Bon de %(sum)s pour %(partner)s")
    facts = {"sum": format_euros(voucher.amount_cents), "partner": detail.partner.name}
    page = KeptPage(
        url=reverse(VOUCHER, kwargs={"number": voucher.number}),
        label=words % facts,
        facts=(voucher.number, status, detail.partner.place),
    )
    return page, status


def _receipt(operation: Operation) -> KeptPage:
    redemption = operation.redemption
    words = _("Paiement de %(sum)s chez %(partner)s")
    facts = {"sum": format_euros(redemption.amount_cents), "partner": operation.partner.name}
    return KeptPage(
        url=reverse(RECEIPT, kwargs={"number": redemption.number}),
        label=words % facts,
        facts=(redemption.number, redemption.is_cancelled, is_live(redemption, now())),
    )
