"""Pages of errors, dressed in the tenant's brand where the host names one."""

import sys
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
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


class ErrorPage(HttpResponse):
    """The page of an error, in nobody's brand yet."""

    def __init__(self, status: int) -> None:
        super().__init__(render_to_string(f"{status}.html"), status=status)


class ErrorPagesMiddleware:
    """Dress the page of an error in the tenant's brand.

    Django makes error pages on a thread of their own: what is read from the database there takes a
    second connection beside the request's, and keeps it. Here the request's own is at hand.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            response.content = render_to_string("405.html")
        if isinstance(response, ErrorPage | HttpResponseNotAllowed) and request.tenant is not None:
            _dress(request)
            response.content = render_to_string(f"{response.status_code}.html", request=request)
        return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """400"""
    return ErrorPage(400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """403"""
    return ErrorPage(403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """404"""
    return ErrorPage(404)


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """500; or 503 when the database has no connection for us, which a moment may mend.

    A form that is sent again carries its key: what was recorded counts once.
    """
    if not isinstance(sys.exc_info()[1], OperationalError):
        return HttpResponse(render_to_string("500.html"), status=500)
    page = render_to_string("503.html")
    return HttpResponse(page, status=503, headers={"Retry-After": "5"})


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """What Django's protection against forged forms answers."""
    _dress(request)
    return refused(request, FormExpired())


def _dress(request: Any) -> None:
    if request.tenant is not None and not hasattr(request, "brand"):
        with transaction.atomic():
            recognise(request)
