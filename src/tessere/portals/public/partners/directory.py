from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from tessere.domains.partners import queries
from tessere.foundation.actor import Audience
from tessere.foundation.clock import local_date, now
from tessere.gate.door import door
from tessere.portals.public.partners.forms import DirectoryForm
from tessere.ui.paging import asked_page, paginate


@require_safe
@door(audience=Audience.ANYONE)
def directory(request: Any) -> HttpResponse:
    """Where value can be spent, by name, place and theme."""
    today = local_date(now())
    themes = queries.themes_accepted(today=today)
    form = DirectoryForm(request.GET, themes=[theme.name for theme in themes])
    words, theme = form.looked_for()
    asked = asked_page(request.GET)
    found = queries.directory(
        words=words, theme=theme, today=today, page=asked["page"], size=asked["size"]
    )
    page = {
        "form": form,
        "rows": found.rows,
        "page": paginate(found.total, request.GET),
        "searched": bool(words or theme),
    }
    return TemplateResponse(request, "public/partners/directory.html", page)


@require_safe
@door(audience=Audience.ANYONE)
def partner(request: Any, code: str) -> HttpResponse:
    """What anybody may know of a structure: where it is, how to reach it, what it accepts."""
    found = queries.directory_entry(code=code, today=local_date(now()))
    if found is None:
        raise Http404
    return TemplateResponse(request, "public/partners/partner.html", {"one": found})
