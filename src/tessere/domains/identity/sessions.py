"""Django's sessions on the wall: a session belongs to a tenant and is invisible to the others."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.db import transaction

from tessere.domains.identity.models import Session

SIGN_IN_KEY = "sign_in_key"


class SessionStore(DatabaseSessionStore):
    """Reads inside a transaction, since the wall shows no row outside one."""

    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        session = super().create_model_instance(data)
        session.sign_in_key = data.get(SIGN_IN_KEY)
        return session

    @classmethod
    def forget_sign_in(cls, *, key: str) -> None:
        """End the session that the same press of the button has already begun (S1-19)."""
        with transaction.atomic(savepoint=False):
            Session.objects.filter(sign_in_key=key).delete()

    def _get_session_from_db(self) -> Any:
        with transaction.atomic(savepoint=False):
            return super()._get_session_from_db()  # type: ignore[misc]

    def exists(self, session_key: str) -> bool:
        with transaction.atomic(savepoint=False):
            return super().exists(session_key)

    def delete(self, session_key: str | None = None) -> None:
        with transaction.atomic(savepoint=False):
            super().delete(session_key)
