"""Who may enter the partners' portal, its menu in the guide's order and words, and its bell."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tessere.domains.redemptions import queries as redemptions
from tessere.foundation.actor import Actor, Audience
from tessere.gate.door import door
from tessere.ui.types import Bell, MenuItem

KEPT = "partner:partners:kept"

_MENU = (
    (_("Accueil"), "partner:redemptions:home", "home", "redemptions.accept"),
    (_("Opérations"), "partner:redemptions:operations", "list", "redemptions.read"),
    (_("Remboursements"), "partner:reimbursements:overview", "coins", "reimbursements.read"),
    (_("Conventions"), "partner:partners:agreements", "pen", "partners.read_agreements"),
    (_("Ma structure"), "partner:partners:structure", "shop", "partners.read_structure"),
    (_("Mes exports"), "partner:exports:exports", "download", "exports.read"),
)
NOTICES = "partner:notifications:notices"


def partner_door(permission: str, **options: Any) -> Callable[..., Any]:
    """The door of a partner's page; the options are those of `gate.door`."""
    return door(audience=Audience.PARTNER, permission=permission, **options)


def menu(actor: Actor, *, current: str) -> list[MenuItem]:
    """The entries that the role may open."""
    return [
        MenuItem(label=str(label), url=reverse(name), icon=icon, current=name == current)
        for label, name, icon, permission in _MENU
        if actor.may(permission)
    ]


def bell(actor: Actor, *, current: str = NOTICES) -> Bell:
    """How many notices the person has not read (two statements), and the way to them."""
    assert actor.partner_id is not None and actor.user_id is not None
    return Bell(
        unread=redemptions.unread_of_partner(partner_id=actor.partner_id, reader_id=actor.user_id),
        url=reverse(NOTICES),
        live_url=reverse("partner:notifications:unread"),
        stream_url=reverse("partner:notifications:follow"),
        current=current == NOTICES,
    )


def partner_page(
    request: Any, template: str, context: dict[str, Any], *, current: str, status: int = 200
) -> HttpResponse:
    """A page of the portal under its menu; `current` is the name of the entry it belongs to."""
    above = {
        "menu": menu(request.actor, current=current),
        "bell": bell(request.actor, current=current),
    }
    shown = above | context
    return TemplateResponse(request, f"partner/{template}", shown, status=status)
