"""Who may enter the beneficiaries' portal, and its menu."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tessere.foundation.actor import Audience
from tessere.gate.door import door
from tessere.ui.types import MenuItem

HOME = "beneficiary:passes:home"
VOUCHERS = "beneficiary:passes:vouchers"
HISTORY = "beneficiary:redemptions:history"
_KEPT = "beneficiary:redemptions:kept"

_MENU = (
    (_("Accueil"), HOME, "home"),
    (_("Mes bons"), VOUCHERS, "ticket"),
    (_("Mes opérations"), HISTORY, "list"),
)


def beneficiary_door(permission: str, **options: Any) -> Callable[..., Any]:
    """The door of a beneficiary's page; the options are those of `gate.door`."""
    return door(audience=Audience.BENEFICIARY, permission=permission, **options)


def beneficiary_page(
    request: Any,
    template: str,
    context: dict[str, Any],
    *,
    current: str = "",
    keeps: bool = False,
    status: int = 200,
) -> HttpResponse:
    """A page of the portal; `current` is the entry of the menu it belongs to, none while paying.

    With `keeps`, the browser makes sure that it has what must open without a network.
    """
    menu = [
        MenuItem(label=str(label), url=reverse(name), icon=icon, current=name == current)
        for label, name, icon in _MENU
        if current
    ]
    page = {"menu": menu, "keep_url": reverse(_KEPT) if keeps else "", **context}
    return TemplateResponse(request, f"beneficiary/{template}", page, status=status)
