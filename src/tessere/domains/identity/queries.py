from datetime import datetime

from tessere.domains.identity.links import user_of_link
from tessere.domains.identity.models import User
from tessere.domains.identity.types import LinkNotValid, LinkPurpose, UserRecord
from tessere.foundation.use_case import reading


def user_record(user: User) -> UserRecord:
    """The record of a user."""
    return UserRecord(
        id=user.pk,
        email=user.email,
        first_name=user.first_name,
        last_name=user.last_name,
        is_active=user.is_active,
        activated_at=user.activated_at,
        must_change_password=user.must_change_password,
    )


@reading
def session_user(*, user_id: int) -> User | None:
    """The account behind a session, if it may still enter; its password vouches for the session."""
    return User.objects.filter(pk=user_id, is_active=True, activated_at__isnull=False).first()


@reading
def name_of(*, user_id: int | None) -> str:
    """The name of a user, empty for the platform or nobody."""
    user = User.objects.filter(pk=user_id).first() if user_id else None
    return user_record(user).full_name if user else ""


@reading
def link_owner(*, purpose: LinkPurpose, user: str, token: str, now: datetime) -> UserRecord:
    """The user of a link that is still good; LinkNotValid for any other."""
    found = user_of_link(purpose=purpose, user=user, token=token, now=now, lock=False)
    if found is None:
        raise LinkNotValid
    return user_record(found)
