from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from tessere.domains.notifications.types import partner_topic
from tessere.gate.live import LiveResponse
from tessere.portals.partner.base import partner_door


@require_GET
@partner_door("notifications.follow")
def follow(request: Any) -> HttpResponse:
    """The stream that tells open pages when something of the structure changed."""
    return LiveResponse(request, topics=[partner_topic(request.actor.partner_id)])
