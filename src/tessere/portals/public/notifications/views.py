from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from tessere.adapters.inbox import received
from tessere.foundation.actor import Audience
from tessere.gate.door import door


@require_safe
@door(audience=Audience.ANYONE, before_password_change=True)
def inbox(request: Any) -> HttpResponse:
    """The mails of this tenant, on a development machine only."""
    if not settings.TESSERE_INBOX:
        raise Http404
    mails = received(host=request.tenant.host)
    return TemplateResponse(request, "public/notifications/inbox.html", {"mails": mails})
