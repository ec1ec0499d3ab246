"""The pages on which a password is asked for, chosen and changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tessere.domains.identity import queries, services
from tessere.domains.identity.types import (
    LinkNotValid,
    LinkPurpose,
    PasswordTooWeak,
    SignInSlowedDown,
    WrongCurrentPassword,
)
from tessere.foundation.actor import Audience
from tessere.foundation.clock import now
from tessere.gate import sessions
from tessere.gate.door import HOME, SIGN_IN, door
from tessere.gate.forms import see_other, show_refusal
from tessere.gate.spaces import space_of
from tessere.portals.public.identity.forms import (
    AskForLinkForm,
    ChangePasswordForm,
    ChoosePasswordForm,
)

_SECRETS = ("password", "again", "current")


@require_http_methods(["GET", "HEAD", "POST"])
@door(audience=Audience.ANYONE)
def forgot_password(request: Any) -> HttpResponse:
    """Ask for a link. The answer is the same whether the address is known or not."""
    form = AskForLinkForm(request.POST or None)
    if form.is_valid():
        services.request_link(actor=request.actor, email=form.cleaned_data["email"], now=now())
        return see_other("public:identity:link_sent")
    status = 400 if form.is_bound else 200
    return TemplateResponse(
        request, "public/identity/forgot_password.html", {"form": form}, status=status
    )


@require_safe
@door(audience=Audience.ANYONE)
def link_sent(request: Any) -> HttpResponse:
    """What happens now, and what to do when no mail comes."""
    return TemplateResponse(request, "public/identity/link_sent.html")


@never_cache
@sensitive_post_parameters(*_SECRETS)
@require_http_methods(["GET", "HEAD", "POST"])
@door(audience=Audience.ANYONE, before_password_change=True)
def choose_password(request: Any, purpose: str, user: str, token: str) -> HttpResponse:
    """The page of an activation or reset link. Opening it does not use the link up."""
    form = ChoosePasswordForm(request.POST or None)
    try:
        link: dict[str, Any] = {
            "purpose": _purpose(purpose),
            "user": user,
            "token": token,
            "now": now(),
        }
        owner = queries.link_owner(**link)
        if form.is_valid():
            password = form.cleaned_data["password"]
            services.choose_password(actor=request.actor, **link, password=password)
            messages.success(request, _("Votre mot de passe est enregistré. Connectez-vous."))
            space = space_of(user_id=owner.id, wanted=Audience.PARTNER)
            return see_other(SIGN_IN[space or Audience.PARTNER])
    except PasswordTooWeak as weak:
        form.show_faults(weak)
    except LinkNotValid as refusal:
        return _link_not_valid(request, refusal)
    page = {"form": form, "owner": owner, "activates": purpose == LinkPurpose.ACTIVATION}
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "public/identity/choose_password.html", page, status=status)


def _link_not_valid(request: Any, refusal: LinkNotValid) -> HttpResponse:
    page = {"form": AskForLinkForm(), "refusal": refusal}
    return TemplateResponse(
        request, "public/identity/link_not_valid.html", page, status=refusal.status
    )


def _purpose(text: str) -> LinkPurpose:
    try:
        return LinkPurpose(text)
    except ValueError:
        raise LinkNotValid from None


@sensitive_post_parameters(*_SECRETS)
@require_http_methods(["GET", "HEAD", "POST"])
@door(audience=Audience.ANYONE, before_password_change=True)
def change_password(request: Any) -> HttpResponse:
    """Change one's own password; a provisional one leads here until it is done."""
    if request.actor.user_id is None:
        return see_other(SIGN_IN[Audience.PARTNER])
    form = ChangePasswordForm(request.POST or None)
    status = 400 if form.is_bound else 200
    if form.is_valid():
        typed = form.cleaned_data
        try:
            services.change_password(
                actor=request.actor,
                current=typed["current"],
                password=typed["password"],
                now=now(),
            )
            sessions.renew(request, user_id=request.actor.user_id)
            messages.success(request, _("Votre mot de passe est changé."))
            return see_other(HOME[request.actor.audience])
        except PasswordTooWeak as weak:
            form.show_faults(weak)
        except (WrongCurrentPassword, SignInSlowedDown) as refusal:
            show_refusal(form, refusal, field="current")
            status = refusal.status
    page = {"form": form, "is_forced": request.must_change_password}
    return TemplateResponse(request, "public/identity/change_password.html", page, status=status)
