"""Pages of errors, dressed in the tenant's brand where the host names one."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from tessere.foundation.errors import Refusal
from tessere.gate.door import recognise, refused


class FormExpired(Refusal):
    """A form whose token does not fit: it stayed open too long, or cookies are refused."""

    code = "gate.form_expired"
    short_code = "TES-04"
    message = _("Cette page est restée ouverte trop longtemps. Rien n’a été enregistré.")
    next_step = _("Revenez en arrière, rechargez la page et recommencez.")
    status = 403


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400"""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403"""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404"""
    return _page(request, 404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """What Django's protection against forged forms answers."""
    _dress(request)
    return refused(request, FormExpired())


def _page(request: HttpRequest, status: int) -> HttpResponse:
    _dress(request)
    return render(request, f"{status}.html", status=status)


def _dress(request: Any) -> None:
    if getattr(request, "tenant", None) is not None and not hasattr(request, "brand"):
        with transaction.atomic():
            recognise(request)
