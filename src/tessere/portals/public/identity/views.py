from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tessere.domains.identity import services as identity
from tessere.foundation.actor import Audience
from tessere.foundation.clock import now
from tessere.foundation.errors import Refusal
from tessere.gate import sessions
from tessere.gate.door import HOME, door
from tessere.gate.forms import see_other, show_refusal
from tessere.gate.spaces import NoSpace, space_of
from tessere.portals.public.identity.forms import SignInForm

_TEMPLATES = {
    Audience.PARTNER: "public/identity/sign_in_partner.html",
    Audience.BENEFICIARY: "public/identity/sign_in_beneficiary.html",
}


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@door(audience=Audience.ANYONE)
def sign_in_partner(request: Any) -> HttpResponse:
    """The partners' door."""
    return _sign_in(request, Audience.PARTNER)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@door(audience=Audience.ANYONE)
def sign_in_beneficiary(request: Any) -> HttpResponse:
    """The beneficiaries' door."""
    return _sign_in(request, Audience.BENEFICIARY)


def _sign_in(request: Any, wanted: Audience) -> HttpResponse:
    if request.method != "POST":
        if request.actor.audience is wanted:
            return see_other(_destination(wanted, request.GET.get("suite", "")))
        form = SignInForm(initial={"suite": request.GET.get("suite", "")})
        return TemplateResponse(request, _TEMPLATES[wanted], {"form": form})
    form = SignInForm(request.POST)
    refusal: Refusal | None = None
    if form.is_valid():
        typed = form.cleaned_data
        outcome = identity.sign_in(
            actor=request.actor, email=typed["email"], password=typed["password"], now=now()
        )
        if not isinstance(outcome, Refusal):
            space = space_of(user_id=outcome.id, wanted=wanted)
            if space is not None:
                sessions.begin(
                    request, user_id=outcome.id, audience=space, sign_in_key=typed["key"]
                )
                return see_other(_destination(space, typed["suite"]))
            outcome = NoSpace()
        refusal = outcome
        show_refusal(form, refusal)
    status = refusal.status if refusal else 400
    return TemplateResponse(request, _TEMPLATES[wanted], {"form": form}, status=status)


def _destination(space: Audience, suite: str) -> str:
    """Where a person was going before the sign-in, inside their own portal only."""
    home = reverse(HOME[space])
    safe = url_has_allowed_host_and_scheme(suite, allowed_hosts=None)
    return suite if safe and suite.startswith(home) else home


@require_POST
@door(audience=Audience.ANYONE, before_password_change=True)
def sign_out(request: Any) -> HttpResponse:
    """Close the session."""
    sessions.end(request)
    messages.success(request, _("Vous êtes déconnecté."))
    return see_other("public:home:home")
