from contextlib import suppress
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from tessere.domains.audit.queries import count_since
from tessere.domains.audit.steps import record
from tessere.domains.audit.types import Entry
from tessere.domains.identity.links import link_path
from tessere.domains.identity.models import User
from tessere.domains.identity.queries import user_record
from tessere.domains.identity.rules import LINKS_AN_HOUR, password_faults, tidy_email
from tessere.domains.identity.types import (
    AddressTaken,
    LinkPurpose,
    PasswordTooWeak,
    UserRecord,
)
from tessere.domains.notifications.steps import enqueue
from tessere.domains.notifications.types import NewMail
from tessere.foundation.actor import Actor
from tessere.foundation.links import path_to

__all__ = [
    "add_activated_user",
    "check_password_rule",
    "invite_or_tell",
    "invite_user",
    "mail_link",
    "owner_of",
    "tell_owner",
    "tidy_email",
]

_NOBODY = 0
_KNOWN_ADDRESS = "known_address"
_MAILED_AS = "identity.{}_link_sent"
_MAILED = [_MAILED_AS.format(what) for what in (*LinkPurpose, _KNOWN_ADDRESS)]


class _TakenBack(Exception):
    """What was written is not to stay."""


def check_password_rule(password: str) -> None:
    """Raise PasswordTooWeak with every part of the rule that the password breaks."""
    faults = password_faults(password)
    if faults:
        raise PasswordTooWeak(faults)


def invite_user(
    *, actor: Actor, email: str, first_name: str, last_name: str, now: datetime
) -> UserRecord:
    """Add a user who cannot sign in yet, and mail the single-use link that activates the account.

    Errors: AddressTaken. Source: S1-07, decision D8.
    """
    user = _add(email=email, first_name=first_name, last_name=last_name, now=now)
    mail_link(actor=actor, user=user, purpose=LinkPurpose.ACTIVATION, now=now)
    return user_record(user)


def invite_or_tell(
    *, actor: Actor, email: str, first_name: str, last_name: str, now: datetime
) -> UserRecord | None:
    """Invite whoever registers with an address; None when it has an account, whose owner is told.

    Whoever registers must see no difference (ADR 0007).
    """
    try:
        return invite_user(
            actor=actor, email=email, first_name=first_name, last_name=last_name, now=now
        )
    except AddressTaken:
        tell_owner(actor=actor, email=email, now=now)
        return None


def tell_owner(*, actor: Actor, email: str, now: datetime) -> None:
    """Tell the owner of an address, if any, that somebody registers with it and how to enter.

    An account that waits for its activation gets a fresh link instead.
    """
    user = owner_of(email=email)
    if user is not None and user.activated_at is None:
        mail_link(actor=actor, user=user, purpose=LinkPurpose.ACTIVATION, now=now)
    elif user is not None:
        context = {
            "email": user.email,
            "sign_in": path_to("public:identity:sign_in_partner"),
            "forgotten": path_to("public:identity:forgot_password"),
        }
        _mail_few(actor=actor, user=user, what=_KNOWN_ADDRESS, context=context, now=now)


def owner_of(*, email: str) -> User | None:
    """The user who may get mails at an address, locked: two requests at once count one another."""
    users = User.objects.select_for_update(no_key=True)
    return users.filter(email=tidy_email(email), is_active=True).first()


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


def mail_link(*, actor: Actor, user: User | None, purpose: LinkPurpose, now: datetime) -> None:
    """Mail a single-use link to its owner, unless the hour's mails to that owner are used up.

    For the owner of an unknown address, None, the same work is done and taken back (S1-06).
    """
    user = user or User(pk=_NOBODY, activated_at=now)
    context = {
        # Before the activation the name is what a stranger typed: no text for other people's mail.
        "name": user_record(user).full_name if user.activated_at else "",
        "path": link_path(user=user, purpose=purpose, now=now),
        "email": user.email,
    }
    _mail_few(actor=actor, user=user, what=purpose, context=context, now=now)


def _mail_few(
    *, actor: Actor, user: User, what: str, context: dict[str, str], now: datetime
) -> None:
    """Mail and journal, or take both back: time does not tell which it was."""
    subject = f"user:{user.pk}"
    sent = count_since(subject=subject, events=_MAILED, since=now - timedelta(hours=1))
    with suppress(_TakenBack), transaction.atomic():
        mail = NewMail(kind=f"identity/{what}", recipient=user.email, context=context)
        enqueue(mails=[mail], now=now)
        entry = Entry(event=_MAILED_AS.format(what), subject=subject, actor=actor)
        record(entries=[entry], now=now)
        if user.pk == _NOBODY or sent >= LINKS_AN_HOUR:
            raise _TakenBack
