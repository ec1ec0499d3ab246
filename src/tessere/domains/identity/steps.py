from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from tessere.domains.identity.links import link_path
from tessere.domains.identity.models import User
from tessere.domains.identity.queries import user_record
from tessere.domains.identity.rules import password_faults, tidy_email
from tessere.domains.identity.types import (
    AddressTaken,
    LinkPurpose,
    PasswordTooWeak,
    UserRecord,
)
from tessere.domains.notifications.steps import enqueue
from tessere.domains.notifications.types import NewMail

__all__ = [
    "add_activated_user",
    "check_password_rule",
    "invite_again",
    "invite_user",
    "mail_link",
    "tidy_email",
]


def check_password_rule(password: str) -> None:
    """Raise PasswordTooWeak with every part of the rule that the password breaks."""
    faults = password_faults(password)
    if faults:
        raise PasswordTooWeak(faults)


def invite_user(*, email: str, first_name: str, last_name: str, now: datetime) -> UserRecord:
    """Add a user who cannot sign in yet, and mail the single-use link that activates the account.

    Errors: AddressTaken. Source: S1-07, decision D8.
    """
    user = _add(email=email, first_name=first_name, last_name=last_name, now=now)
    mail_link(user=user, purpose=LinkPurpose.ACTIVATION, now=now)
    return user_record(user)


def invite_again(*, email: str, now: datetime) -> bool:
    """Mail a fresh activation link to a user who was invited and has not come yet, if any."""
    user = User.objects.filter(email=tidy_email(email), activated_at=None).first()
    if user is not None:
        mail_link(user=user, purpose=LinkPurpose.ACTIVATION, now=now)
    return user is not None


def add_activated_user(
    *, email: str, first_name: str, last_name: str, hashed_password: str, now: datetime
) -> UserRecord:
    """Add a user who may sign in at once, for installations that bring their accounts along."""
    user = _add(email=email, first_name=first_name, last_name=last_name, now=now)
    user.password, user.activated_at = hashed_password, now
    user.save(update_fields=["password", "activated_at"])
    return user_record(user)


def _add(*, email: str, first_name: str, last_name: str, now: datetime) -> User:
    try:
        with transaction.atomic():
            return User.objects.create(
                email=tidy_email(email),
                first_name=first_name,
                last_name=last_name,
                password=make_password(None),
                created_at=now,
            )
    except IntegrityError as error:
        raise AddressTaken from error


def mail_link(*, user: User, purpose: LinkPurpose, now: datetime) -> None:
    """Mail a single-use link to its owner."""
    enqueue(
        mails=[
            NewMail(
                kind=f"identity/{purpose}",
                recipient=user.email,
                context={
                    "name": user_record(user).full_name,
                    "path": link_path(user=user, purpose=purpose, now=now),
                    "email": user.email,
                },
            )
        ],
        now=now,
    )
