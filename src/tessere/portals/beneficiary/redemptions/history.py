from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tessere.domains.redemptions import queries
from tessere.domains.redemptions.types import RedemptionRecord
from tessere.foundation.clock import now
from tessere.portals.beneficiary.base import HISTORY, beneficiary_door, beneficiary_page
from tessere.portals.beneficiary.passes.overview import operations
from tessere.ui.paging import asked_page, paginate

# A receipt is shown across a counter at once; later it would pass for a payment made now.
_LIVE_FOR = timedelta(minutes=15)
RECEIPT = "beneficiary:redemptions:receipt"


def is_live(redemption: RedemptionRecord, now: datetime) -> bool:
    """Whether an operation still shows its receipt with the clock, and not its record."""
    return now - redemption.accepted_at < _LIVE_FOR and not redemption.is_cancelled


@require_safe
@beneficiary_door("redemptions.read_own")
def receipt(request: Any, number: str) -> HttpResponse:
    """An operation: the receipt with its clock while it is fresh, its record later."""
    detail = queries.redemption_of_people(
        beneficiary_ids=request.actor.beneficiary_ids, number=number
    )
    instant = now()
    context = {"detail": detail, "now": instant}
    if is_live(detail.redemption, instant):
        return beneficiary_page(request, "redemptions/receipt.html", context, keeps=True)
    return beneficiary_page(request, "redemptions/operation.html", context, current=HISTORY)


@require_safe
@beneficiary_door("redemptions.read_own")
def history(request: Any) -> HttpResponse:
    """All operations of the people for whom the account acts, newest first."""
    rows, total = operations(request.actor.beneficiary_ids, **asked_page(request.GET))
    page = paginate(total, request.GET)
    context = {"rows": rows, "page": page, "several": len(request.actor.beneficiary_ids) > 1}
    return beneficiary_page(request, "redemptions/history.html", context, current=HISTORY)
