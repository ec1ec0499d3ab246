"""Writing to a service of the tenant, for those who have no mail program at hand."""

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from tessere.domains.branding import queries as branding
from tessere.domains.notifications import services
from tessere.foundation.actor import Audience
from tessere.foundation.clock import now
from tessere.foundation.errors import Refusal
from tessere.gate.door import door
from tessere.gate.forms import see_other, show_refusal
from tessere.portals.public.notifications.forms import MessageForm


@require_http_methods(["GET", "HEAD", "POST"])
@door(audience=Audience.ANYONE, permission="notifications.write")
def write(request: Any) -> HttpResponse:
    """The form; what was typed stays when it is refused."""
    points = branding.contact_points()
    form = MessageForm(request.POST or None, points=points)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        try:
            services.write(actor=request.actor, message=form.message(), now=now())
        except Refusal as refusal:
            show_refusal(form, refusal)
            status = refusal.status
        else:
            return see_other("public:notifications:written")
    page = {"form": form, "points": points}
    return TemplateResponse(request, "public/notifications/write.html", page, status=status)


@require_safe
@door(audience=Audience.ANYONE)
def written(request: Any) -> HttpResponse:
    """The message is on its way."""
    return TemplateResponse(request, "public/notifications/written.html", {})
