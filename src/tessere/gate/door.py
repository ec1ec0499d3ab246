"""The door of every view: who may enter, as whom, and what happens to a refusal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from tessere.domains.beneficiaries import queries as beneficiaries
from tessere.domains.branding import queries as branding
from tessere.domains.partners import queries as partners
from tessere.domains.partners.types import PARTNER_ROLE_WORDS, PartnerStatus
from tessere.foundation.actor import Actor, Audience, NotPermitted
from tessere.foundation.errors import Refusal
from tessere.gate import roles
from tessere.gate.sessions import present_user
from tessere.gate.types import Account, PageBrand

View = Callable[..., HttpResponse]

SIGN_IN = {
    Audience.PARTNER: "public:identity:sign_in_partner",
    Audience.BENEFICIARY: "public:identity:sign_in_beneficiary",
}
CHANGE_PASSWORD = "public:identity:change_password"
PENDING = "partner:partners:pending"


def door(
    *, audience: Audience, permission: str | None = None, for_pending: bool = False
) -> Callable[[View], View]:
    """Let the right people through, and give the view `request.actor`.

    A GET runs in one read-only transaction, its answer is rendered inside. `for_pending` opens the
    page to a structure that waits for its affiliation, which may enter nowhere else.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with transaction.atomic():
                _recognise(request, audience=audience)
            try:
                turned_away = _turn_away(
                    request, audience=audience, for_pending=for_pending
                )
                if turned_away is not None:
                    return turned_away
                if permission is not None:
                    request.actor.require(permission)  # type: ignore[attr-defined]
                return _answer(request, view, *args, **kwargs)
            except Refusal as refusal:
                return refused(request, refusal)

        entered.door = (audience, permission)  # type: ignore[attr-defined]
        return entered

    return decorate


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal: its words, its next step, its code, its status."""
    return render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)


def _answer(
    request: HttpRequest, view: View, *args: Any, **kwargs: Any
) -> HttpResponse:
    reads_only = request.method in {"GET", "HEAD"}
    if not reads_only:
        return view(request, *args, **kwargs)
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
        response = view(request, *args, **kwargs)
        if isinstance(response, SimpleTemplateResponse):
            response.render()
        return response


def _recognise(request: Any, *, audience: Audience) -> None:
    request.brand = _page_brand()
    user = present_user(request)
    signed_in_as = Audience(request.session.get("audience", Audience.ANYONE))
    address = request.META.get("REMOTE_ADDR") or ""
    common: dict[str, Any] = {"tenant_id": request.tenant.id, "address": address}
    request.account = None
    request.must_change_password = False
    request.is_pending = False
    request.actor = Actor(audience=Audience.ANYONE, permissions=roles.ANYONE, **common)
    if not user.is_authenticated or signed_in_as is Audience.ANYONE:
        return
    common |= {"user_id": user.pk, "label": user.email}
    request.must_change_password = user.must_change_password
    name = f"{user.first_name} {user.last_name}".strip() or user.email
    if signed_in_as is Audience.PARTNER:
        _recognise_partner(request, user=user, name=name, common=common)
    else:
        people = beneficiaries.people_of(user_id=user.pk)
        request.actor = Actor(
            audience=Audience.BENEFICIARY,
            permissions=roles.BENEFICIARY,
            beneficiary_ids=frozenset(person.id for person in people),
            **common,
        )
        request.account = Account(name=name, role_label="")


def _recognise_partner(
    request: Any, *, user: Any, name: str, common: dict[str, Any]
) -> None:
    memberships = partners.memberships_of(user_id=user.pk)
    if not memberships:
        return
    membership = memberships[0]
    request.is_pending = membership.partner_status is PartnerStatus.PENDING
    request.actor = Actor(
        audience=Audience.PARTNER,
        partner_id=membership.partner_id,
        role=membership.role.value,
        permissions=roles.SIGNED_IN
        if request.is_pending
        else roles.PARTNER[membership.role],
        **common,
    )
    request.account = Account(
        name=membership.partner_name,
        role_label=str(PARTNER_ROLE_WORDS[membership.role]),
    )


def _turn_away(
    request: Any, *, audience: Audience, for_pending: bool
) -> HttpResponse | None:
    if audience is Audience.ANYONE:
        return None
    if request.actor.audience is Audience.ANYONE:
        sign_in = reverse(SIGN_IN[audience])
        after = urlencode({"suite": request.get_full_path()})
        return HttpResponseRedirect(f"{sign_in}?{after}")
    change = reverse(CHANGE_PASSWORD)
    if request.must_change_password and request.path != change:
        return HttpResponseRedirect(change)
    if request.actor.audience is not audience:
        raise NotPermitted
    if request.is_pending and not for_pending:
        return HttpResponseRedirect(reverse(PENDING))
    return None


def _page_brand() -> PageBrand | None:
    record = branding.brand()
    if record is None:
        return None
    return PageBrand(
        name=record.name,
        authority=record.authority,
        slogan=record.slogan,
        logo_url=reverse("public:branding:logo", kwargs={"digest": record.logo_digest})
        if record.logo_digest
        else "",
        stylesheet_url=reverse(
            "public:branding:stylesheet", kwargs={"digest": record.digest}
        ),
        contact=record.contact,
    )
