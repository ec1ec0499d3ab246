from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from tessere.domains.partners import queries as partners
from tessere.domains.tenants.queries import all_tenants
from tessere.foundation.actor import Audience
from tessere.foundation.clock import local_date, now
from tessere.foundation.links import base_url
from tessere.gate.door import HOME, door


@require_safe
@door(audience=Audience.ANYONE)
def home(request: Any) -> HttpResponse:
    """What the pass is, where it is accepted, and the doors of both spaces."""
    today = local_date(now())
    page = {
        "themes": partners.themes_accepted(today=today),
        "structures": partners.count_accepting(today=today),
    }
    return TemplateResponse(request, "public/home/home.html", page)


@require_safe
@door(audience=Audience.ANYONE)
def start(request: Any) -> HttpResponse:
    """Where the icon of a home screen leads: the space of the person who is signed in."""
    return redirect(HOME[request.actor.audience])


@require_safe
def tenants(request: HttpRequest) -> HttpResponse:
    """The bare host: every tenant of the installation with its address. No tenant, no door."""
    found = [(one.name, base_url(host=one.host)) for one in all_tenants()]
    return TemplateResponse(request, "public/home/tenants.html", {"tenants": found})
