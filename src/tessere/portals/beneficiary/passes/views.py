from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tessere.foundation.clock import now
from tessere.portals.beneficiary.base import HOME, beneficiary_door, beneficiary_page
from tessere.portals.beneficiary.passes.overview import home_context


@require_safe
@beneficiary_door("passes.read")
def home(request: Any) -> HttpResponse:
    """What is left, the button that spends it, and what was spent last."""
    context = home_context(actor=request.actor, person=request.GET.get("person", ""), now=now())
    return beneficiary_page(request, "passes/home.html", context, current=HOME)
