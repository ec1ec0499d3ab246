from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from tessere.domains.partners import queries
from tessere.domains.partners.types import AgreementStatus
from tessere.foundation.actor import Audience
from tessere.gate.door import HOME, door
from tessere.gate.forms import see_other
from tessere.portals.partner.base import partner_door, partner_page

AGREEMENTS = "partner:partners:agreements"
STRUCTURE = "partner:partners:structure"
_ENDED = (
    AgreementStatus.SUSPENDED,
    AgreementStatus.TERMINATED,
    AgreementStatus.EXPIRED,
    AgreementStatus.REFUSED,
)


@require_safe
@partner_door("partners.read_agreements")
def agreements(request: Any) -> HttpResponse:
    """CONVENTIONS: what the structure may accept, and since when."""
    rows = queries.agreements_of(partner_id=request.actor.partner_id)
    page = {"rows": rows, "ended": _ENDED}
    return partner_page(request, "partners/agreements.html", page, current=AGREEMENTS)


@require_safe
@partner_door("partners.read_structure")
def structure(request: Any) -> HttpResponse:
    """MA STRUCTURE: the record, bank details reduced to what may be shown."""
    record = queries.structure(partner_id=request.actor.partner_id)
    return partner_page(request, "partners/structure.html", {"record": record}, current=STRUCTURE)


@require_safe
@door(audience=Audience.PARTNER, for_pending=True)
def pending(request: Any) -> HttpResponse:
    """Where the request of a structure stands that was not accepted yet."""
    if not request.is_pending:
        return see_other(HOME[Audience.PARTNER])
    record = queries.structure(partner_id=request.actor.partner_id)
    return TemplateResponse(request, "partner/partners/pending.html", {"record": record})
