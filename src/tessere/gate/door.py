"""The door of every view: who may enter, as whom, and what happens to a refusal."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial, wraps
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from tessere.domains.beneficiaries import queries as beneficiaries
from tessere.domains.partners import queries as partners
from tessere.domains.partners.types import PARTNER_ROLE_WORDS, PartnerStatus
from tessere.foundation.actor import Actor, Audience
from tessere.foundation.errors import Refusal
from tessere.gate import roles
from tessere.gate.forms import SeeOther
from tessere.gate.page import page_account, page_brand
from tessere.gate.paper import Paper
from tessere.gate.sessions import present_user
from tessere.gate.spaces import BeneficiariesOnly, PartnersOnly
from tessere.ui.types import Link

View = Callable[..., HttpResponse]

SIGN_IN = {
    Audience.PARTNER: "public:identity:sign_in_partner",
    Audience.BENEFICIARY: "public:identity:sign_in_beneficiary",
}
HOME = {
    Audience.ANYONE: "public:home:home",
    Audience.PARTNER: "partner:redemptions:home",
    Audience.BENEFICIARY: "beneficiary:passes:home",
}
_ENTER_AS = {
    Audience.PARTNER: _("Entrer comme partenaire"),
    Audience.BENEFICIARY: _("Entrer comme bénéficiaire"),
}
_ONLY = {Audience.PARTNER: PartnersOnly, Audience.BENEFICIARY: BeneficiariesOnly}
_READING = frozenset({"GET", "HEAD"})
_LONGEST_KEPT = 200
CHANGE_PASSWORD = "public:identity:change_password"
PENDING = "partner:partners:pending"


def door(
    *,
    audience: Audience,
    permission: str | None = None,
    for_pending: bool = False,
    before_password_change: bool = False,
    logs_reading: bool = False,
    form: str = "",
    keep: Sequence[str] = (),
    to_others: type[Refusal] | None = None,
) -> Callable[[View], View]:
    """Let the right people through, and give the view `request.actor`.

    A GET runs in one read-only transaction, its answer is rendered inside; with `logs_reading` its
    service opens one of its own instead, to write into the journal who read. `for_pending` opens
    the page to a structure that waits for its affiliation, `before_password_change` to a person who
    came with a provisional password: they may enter nowhere else.

    `form` names the page that holds the form of an address that is only posted to: a GET leads
    there. Who posts without a session signs in and comes back to the form, with the fields to
    `keep`, which must be no secrets. `to_others` is what people of another portal are told.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if form and request.method in _READING:
                return HttpResponseRedirect(reverse(form))
            with transaction.atomic():
                recognise(request)
            try:
                turned_away = _turn_away(
                    request,
                    audience=audience,
                    for_pending=for_pending,
                    before_password_change=before_password_change,
                    to_others=to_others,
                    back=_way_back(request, form=form, keep=keep),
                )
                if turned_away is not None:
                    return turned_away
                if permission is not None:
                    request.actor.require(permission)  # type: ignore[attr-defined]
                reads = request.method in _READING and not logs_reading
                open_page = partial(view, request, *args, **kwargs)
                response = _read(open_page) if reads else open_page()
                if isinstance(response, Paper):
                    response.finish()
                return response
            except Refusal as refusal:
                return refused(request, refusal)

        entered.door = (audience, permission)  # type: ignore[attr-defined]
        return entered

    return decorate


def refused(
    request: HttpRequest, refusal: Refusal, *, other_door: Link | None = None
) -> HttpResponse:
    """The page of a refusal: its words, its next step, its code, its status.

    `other_door` leads to a sign-in as somebody who may enter.
    """
    context = {"refusal": refusal, "other_door": other_door}
    return render(request, "refusal.html", context, status=refusal.status)


def _read(open_page: Callable[[], HttpResponse]) -> HttpResponse:
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
        response = open_page()
        if isinstance(response, SimpleTemplateResponse):
            response.render()
        return response


def recognise(request: Any) -> None:
    """Give the request its brand, its actor and its account, whoever that is."""
    request.brand = page_brand()
    user = present_user(request)
    signed_in_as = Audience(request.session.get("audience", Audience.ANYONE))
    address = request.META.get("REMOTE_ADDR") or ""
    common: dict[str, Any] = {"tenant_id": request.tenant.id, "address": address}
    request.account = None
    request.must_change_password = False
    request.is_pending = False
    request.actor = Actor(audience=Audience.ANYONE, permissions=roles.ANYONE, **common)
    if user is None or signed_in_as is Audience.ANYONE:
        return
    common |= {"user_id": user.pk, "label": user.email}
    request.must_change_password = user.must_change_password
    name = f"{user.first_name} {user.last_name}".strip() or user.email
    if signed_in_as is Audience.PARTNER:
        _recognise_partner(request, user=user, common=common)
    else:
        people = beneficiaries.people_of(user_id=user.pk)
        request.actor = Actor(
            audience=Audience.BENEFICIARY,
            permissions=roles.BENEFICIARY,
            beneficiary_ids=frozenset(person.id for person in people),
            **common,
        )
        request.account = page_account(name=name, role_label="")
    if request.brand is not None:
        home = reverse(HOME[request.actor.audience])
        request.brand = replace(request.brand, home_url=home)


def _recognise_partner(request: Any, *, user: Any, common: dict[str, Any]) -> None:
    memberships = partners.memberships_of(user_id=user.pk)
    if not memberships:
        return
    membership = memberships[0]
    request.is_pending = membership.partner_status is PartnerStatus.PENDING
    request.actor = Actor(
        audience=Audience.PARTNER,
        partner_id=membership.partner_id,
        role=membership.role.value,
        permissions=roles.SIGNED_IN if request.is_pending else roles.PARTNER[membership.role],
        **common,
    )
    request.account = page_account(
        name=membership.partner_name,
        role_label=str(PARTNER_ROLE_WORDS[membership.role]),
    )


def _turn_away(
    request: Any,
    *,
    audience: Audience,
    for_pending: bool,
    before_password_change: bool,
    to_others: type[Refusal] | None,
    back: str,
) -> HttpResponse | None:
    if request.must_change_password and not before_password_change:
        return HttpResponseRedirect(reverse(CHANGE_PASSWORD))
    if audience is Audience.ANYONE:
        return None
    sign_in = f"{reverse(SIGN_IN[audience])}?{urlencode({'suite': back})}"
    if request.actor.audience is Audience.ANYONE:
        return HttpResponseRedirect(sign_in) if request.method in _READING else SeeOther(sign_in)
    if request.actor.audience is not audience:
        refusal = (to_others or _ONLY[audience])()
        other_door = Link(label=str(_ENTER_AS[audience]), url=sign_in)
        return refused(request, refusal, other_door=other_door)
    if request.is_pending and not for_pending:
        return HttpResponseRedirect(reverse(PENDING))
    return None


def _way_back(request: HttpRequest, *, form: str, keep: Sequence[str]) -> str:
    """Where a person goes on after signing in: the page, or the page of the form that was sent."""
    if request.method in _READING:
        return request.get_full_path()
    path = reverse(form) if form else request.path
    typed = {name: request.POST.get(name, "") for name in keep}
    kept = {name: text for name, text in typed.items() if 0 < len(text) <= _LONGEST_KEPT}
    return f"{path}?{urlencode(kept)}" if kept else path
