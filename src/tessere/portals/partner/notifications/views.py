from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from tessere.domains.notifications import services
from tessere.domains.notifications.types import partner_topic
from tessere.domains.redemptions import queries as redemptions
from tessere.domains.redemptions.types import MOST_NOTICES
from tessere.foundation.clock import local_date, now
from tessere.gate.forms import see_other
from tessere.gate.live import LiveResponse
from tessere.portals.partner.base import NOTICES, bell, partner_door, partner_page
from tessere.portals.partner.notifications.forms import SeenForm


@require_GET
@partner_door("notifications.follow")
def follow(request: Any) -> HttpResponse:
    """The stream that tells open pages when something of the structure changed."""
    return LiveResponse(request, topics=[partner_topic(request.actor.partner_id)])


@require_safe
@partner_door("notifications.read")
def notices(request: Any) -> HttpResponse:
    """NOUVEAUTÉS: what others did at the structure's counter; looking at them marks nothing."""
    return partner_page(request, "notifications/notices.html", _latest(request), current=NOTICES)


@require_safe
@partner_door("notifications.read")
def latest(request: Any) -> HttpResponse:
    """The list alone, which the page asks for when something happened."""
    return TemplateResponse(request, "partner/notifications/latest.html", _latest(request))


@require_safe
@partner_door("notifications.read")
def unread(request: Any) -> HttpResponse:
    """The bell's sign alone, which every page asks for when something happened."""
    context = {"bell": bell(request.actor)}
    return TemplateResponse(request, "partner/notifications/unread.html", context)


@partner_door("notifications.mark_seen", form=NOTICES)
@require_POST
def mark_seen(request: Any) -> HttpResponse:
    """Mark as read what the page showed; what came meanwhile stays unread."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    services.mark_seen(actor=request.actor, until=form.cleaned_data["until"], now=now())
    messages.success(request, _("Vos nouveautés sont marquées comme lues."))
    return see_other(NOTICES)


def _latest(request: Any) -> dict[str, Any]:
    actor = request.actor
    found = redemptions.notices_of_partner(partner_id=actor.partner_id, reader_id=actor.user_id)
    return {
        "notices": found,
        "unread": sum(one.is_unread for one in found),
        "most": MOST_NOTICES,
        "today": local_date(now()),
    }
