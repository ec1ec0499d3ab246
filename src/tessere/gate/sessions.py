"""Signing in and out: Django's session login on walled sessions."""

from typing import Any
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, login, logout
from django.db import IntegrityError
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from tessere.domains.identity import queries as identity
from tessere.foundation.actor import Audience

BACKEND = "tessere.gate.sessions.WalledUsers"


class WalledUsers:
    """Finds the user of a session inside the tenant of the request."""

    def get_user(self, user_id: int) -> Any:
        """The active user with this id, or None."""
        return identity.session_user(user_id=user_id)


def begin(request: Any, *, user_id: int, audience: Audience, sign_in_key: UUID) -> None:
    """Open a session under a new key; a second press of the same button replaces the first."""
    user = identity.session_user(user_id=user_id)
    for last_try in (False, True):
        request.session.begin(sign_in_key=str(sign_in_key))
        request.session["audience"] = audience.value
        try:
            login(request, user, backend=BACKEND)
            request.session.save()
        except IntegrityError:
            if last_try:
                raise
        else:
            return


def renew(request: Any, *, user_id: int) -> None:
    """Keep this session after its own password was changed; all others have ended."""
    audience = Audience(request.session["audience"])
    sign_in_key = UUID(request.session.sign_in_key)
    begin(request, user_id=user_id, audience=audience, sign_in_key=sign_in_key)


def end(request: HttpRequest) -> None:
    """Close the session."""
    logout(request)


def present_user(request: HttpRequest) -> Any:
    """The user of the request's session; None without one, or when its password has changed."""
    user_id = request.session.get(SESSION_KEY)
    if user_id is None:
        return None
    user = identity.session_user(user_id=int(user_id))
    known = request.session.get(HASH_SESSION_KEY, "")
    if user is not None and constant_time_compare(known, user.get_session_auth_hash()):
        return user
    request.session.flush()
    return None
