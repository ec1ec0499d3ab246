from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tessere.domains.redemptions import queries as redemptions
from tessere.foundation.clock import now
from tessere.portals.partner.base import partner_door, partner_page

ENTRY = "partner:reimbursements:overview"


@require_safe
@partner_door("reimbursements.read")
def overview(request: Any) -> HttpResponse:
    """REMBOURSEMENTS: what is waiting, and when it will be paid."""
    partner_id, moment = request.actor.partner_id, now()
    page = {
        "totals": redemptions.totals_of_partner(partner_id=partner_id, now=moment),
        "runs": redemptions.awaited_runs_of_partner(partner_id=partner_id, now=moment),
    }
    return partner_page(request, "reimbursements/overview.html", page, current=ENTRY)
