"""Single-use links that expire: reset tokens that are told the time and what they are for."""

from datetime import UTC, datetime

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import base36_to_int, int_to_base36

from tessere.domains.identity.models import User
from tessere.domains.identity.types import LinkPurpose
from tessere.foundation.links import path_to


class _LinkTokens(PasswordResetTokenGenerator):
    def __init__(self, *, purpose: LinkPurpose, now: datetime) -> None:
        super().__init__()
        self.key_salt = f"tessere.identity.{purpose}"
        self.now = now

    def _now(self) -> datetime:
        return self.now.astimezone(UTC).replace(tzinfo=None)

    def _make_hash_value(self, user: User, timestamp: int) -> str:  # type: ignore[override]
        state = (user.tenant_id, user.pk, user.password, user.activated_at, user.email)
        return f"{state}{timestamp}"


def link_path(*, user: User, purpose: LinkPurpose, now: datetime) -> str:
    """The path of the page where the owner of an address chooses a password."""
    token = _LinkTokens(purpose=purpose, now=now).make_token(user)
    return path_to(
        "public:identity:choose_password",
        purpose=purpose.value,
        user=int_to_base36(user.pk),
        token=token,
    )


def user_of_link(
    *, purpose: LinkPurpose, user: str, token: str, now: datetime, lock: bool
) -> User | None:
    """The user of a link that is still good, locked when asked; None for any other."""
    try:
        user_id = base36_to_int(user)
    except ValueError:
        return None
    users = User.objects.select_for_update(no_key=True) if lock else User.objects
    found = users.filter(pk=user_id, is_active=True).first()
    good = found is not None and _LinkTokens(purpose=purpose, now=now).check_token(found, token)
    return found if good else None
