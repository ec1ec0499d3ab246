from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tessere.domains.notifications.types import person_topic
from tessere.gate.live import LiveResponse
from tessere.portals.beneficiary.base import beneficiary_door


@require_GET
@beneficiary_door("notifications.follow")
def follow(request: Any) -> HttpResponse:
    """The stream that tells open pages when a balance of these people changed."""
    people = request.actor.beneficiary_ids
    return LiveResponse(request, topics=[person_topic(one) for one in people])
