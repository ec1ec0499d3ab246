"""Django's sessions on the wall: a session belongs to a tenant and is invisible to the others.

Named by text in the settings, as models are in foreign keys; the gate knows it as
`request.session` only.
"""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.db import transaction

from tessere.domains.identity.models import Session

_SIGN_IN_KEY = "sign_in_key"


class SessionStore(DatabaseSessionStore):
    """Reads inside a transaction, since the wall shows no row outside one."""

    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def _validate_session_key(self, key: Any) -> Any:
        # A cookie can hold a NUL, which PostgreSQL refuses to look for; our keys hold none.
        return super()._validate_session_key(key) and key.isascii() and key.isalnum()  # type: ignore[misc]

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        session: Any = super().create_model_instance(data)
        session.sign_in_key = data.get(_SIGN_IN_KEY)
        return session

    @property
    def sign_in_key(self) -> str:
        """The press of the button that began this session."""
        return self[_SIGN_IN_KEY]

    def begin(self, *, sign_in_key: str) -> None:
        """Start empty, and end the session that the same press has already begun (S1-19)."""
        with transaction.atomic(savepoint=False):
            Session.objects.filter(sign_in_key=sign_in_key).delete()
        self.flush()
        self[_SIGN_IN_KEY] = sign_in_key

    def _get_session_from_db(self) -> Any:
        with transaction.atomic(savepoint=False):
            return super()._get_session_from_db()  # type: ignore[misc]

    def exists(self, session_key: str) -> bool:
        with transaction.atomic(savepoint=False):
            return super().exists(session_key)

    def delete(self, session_key: str | None = None) -> None:
        with transaction.atomic(savepoint=False):
            super().delete(session_key)
