from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from tessere.domains.partners import services
from tessere.domains.partners.types import SiretInvalid, SiretTaken
from tessere.foundation.actor import Audience
from tessere.foundation.clock import now
from tessere.foundation.errors import Refusal
from tessere.gate.door import door
from tessere.gate.forms import see_other, show_refusal
from tessere.portals.public.partners.forms import RegisterForm


@require_http_methods(["GET", "HEAD", "POST"])
@door(audience=Audience.ANYONE)
def register(request: Any) -> HttpResponse:
    """Ask to become a partner."""
    form = RegisterForm(request.POST or None)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        typed = form.cleaned_data
        try:
            refusal: Refusal | None = services.register(
                actor=request.actor,
                new=form.new_partner(),
                first_name=typed["first_name"],
                last_name=typed["last_name"],
                now=now(),
            )
        except SiretInvalid as invalid:
            refusal = invalid
        if refusal is None:
            return see_other("public:partners:registered")
        show_refusal(form, refusal, field="siret")
        status = refusal.status
    page = {"form": form, "is_known": status == SiretTaken.status}
    return TemplateResponse(request, "public/partners/register.html", page, status=status)


@require_safe
@door(audience=Audience.ANYONE)
def registered(request: Any) -> HttpResponse:
    """What happens now."""
    return TemplateResponse(request, "public/partners/registered.html")
