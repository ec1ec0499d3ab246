from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from tessere.foundation.clock import now
from tessere.portals.beneficiary.base import HOME, beneficiary_door, beneficiary_page
from tessere.portals.beneficiary.passes.overview import home_context


@require_safe
@beneficiary_door("passes.read")
def home(request: Any) -> HttpResponse:
    """What is left, the button that spends it, and what was spent last."""
    return beneficiary_page(
        request, "passes/home.html", _context(request), current=HOME, keeps=True
    )


@require_safe
@beneficiary_door("passes.read")
def balances(request: Any) -> HttpResponse:
    """What changes while the home page is open, which the page asks for again and again."""
    return TemplateResponse(request, "beneficiary/passes/balances.html", _context(request))


def _context(request: Any) -> dict[str, Any]:
    return home_context(actor=request.actor, person=request.GET.get("person", ""), now=now())
