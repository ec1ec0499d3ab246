import hashlib
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password

from tessere.domains.audit.queries import count_since
from tessere.domains.audit.steps import record
from tessere.domains.audit.types import Entry
from tessere.domains.identity.links import user_of_link
from tessere.domains.identity.models import SignInThrottle, User
from tessere.domains.identity.queries import user_record
from tessere.domains.identity.rules import (
    LINKS_AN_HOUR,
    failures_still_counting,
    pause_after,
    tidy_email,
)
from tessere.domains.identity.steps import check_password_rule, mail_link
from tessere.domains.identity.types import (
    LinkNotValid,
    LinkPurpose,
    SignInRefused,
    SignInSlowedDown,
    UserRecord,
    WrongCurrentPassword,
)
from tessere.foundation.actor import Actor
from tessere.foundation.errors import Refusal
from tessere.foundation.use_case import use_case

PROVISIONAL_FOR = timedelta(days=3)


def _subject(*, email: str) -> str:
    return hashlib.sha256(f"email:{tidy_email(email)}".encode()).hexdigest()


@use_case("identity.sign_in")
def sign_in(*, actor: Actor, email: str, password: str, now: datetime) -> UserRecord | Refusal:
    """The user with this address and password, or the refusal to show.

    The refusal is given and not raised, so that the failure is counted. Whoever is refused, known
    or not, costs one hash and gets the same words and the same pauses. Locks: the throttle of the address.
    Errors given: SignInRefused, SignInSlowedDown. Source: S1-05, S1-19, S1-21.
    """
    throttle, _made = SignInThrottle.objects.select_for_update().get_or_create(
        subject=_subject(email=email), defaults={"last_failure": now}
    )
    if throttle.blocked_until is not None and now < throttle.blocked_until:
        minutes = -(-(throttle.blocked_until - now) // timedelta(minutes=1))
        return SignInSlowedDown(minutes=minutes)
    user = User.objects.filter(email=tidy_email(email)).first()
    may_enter = user is not None and user.is_active and user.activated_at is not None
    if may_enter and user.provisional_until is not None:
        may_enter = now < user.provisional_until
    # For nobody's password, which is never right, Django does one hash as well.
    known = user.password if user is not None else make_password(None)
    if not check_password(password, known) or not may_enter:
        failures = failures_still_counting(
            failures=throttle.failures, last_failure=throttle.last_failure, now=now
        )
        throttle.failures = failures + 1
        throttle.last_failure = now
        pause = pause_after(failures=throttle.failures)
        throttle.blocked_until = now + pause if pause else None
        throttle.save()
        return SignInRefused()
    SignInThrottle.objects.filter(pk=throttle.pk).delete()
    if user.provisional_until is not None:
        # A provisional password works once: the next sign-in needs the one chosen now.
        User.objects.filter(pk=user.pk).update(provisional_until=now)
    _journal(actor=actor, event="identity.signed_in", user=user, now=now)
    return user_record(user)


@use_case("identity.request_link")
def request_link(*, actor: Actor, email: str, now: datetime) -> None:
    """Mail a link to reset the password, or to activate an account that was not; else do nothing.

    The caller learns nothing: the answer is the same for a known and an unknown address (S1-06),
    and when the hour's links are used up, so that nobody's mailbox can be flooded.
    """
    user = User.objects.filter(email=tidy_email(email), is_active=True).first()
    if user is None:
        return
    sent = count_since(
        subject=f"user:{user.pk}",
        events=[f"identity.{purpose}_link_sent" for purpose in LinkPurpose],
        since=now - timedelta(hours=1),
    )
    if sent >= LINKS_AN_HOUR:
        return
    purpose = LinkPurpose.ACTIVATION if user.activated_at is None else LinkPurpose.RESET
    mail_link(user=user, purpose=purpose, now=now)
    _journal(actor=actor, event=f"identity.{purpose}_link_sent", user=user, now=now)


@use_case("identity.choose_password")
def choose_password(
    *,
    actor: Actor,
    purpose: LinkPurpose,
    user: str,
    token: str,
    password: str,
    now: datetime,
) -> UserRecord:
    """Set the password of the owner of a single-use link, activate the account, lift its pauses.

    Every open session of the account ends. Errors: LinkNotValid, PasswordTooWeak.
    Source: S1-06, S1-07, S1-15.
    """
    found = user_of_link(purpose=purpose, user=user, token=token, now=now, lock=True)
    if found is None:
        raise LinkNotValid
    check_password_rule(password)
    _set_password(user=found, password=password)
    if found.activated_at is None:
        found.activated_at = now
    found.save()
    SignInThrottle.objects.filter(subject=_subject(email=found.email)).delete()
    _journal(actor=actor, event=f"identity.password_chosen_by_{purpose}", user=found, now=now)
    return user_record(found)


@use_case("identity.change_password")
def change_password(*, actor: Actor, current: str, password: str, now: datetime) -> UserRecord:
    """Change the actor's own password; every other session of the account ends.

    Errors: WrongCurrentPassword, PasswordTooWeak. Source: S1-15.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=actor.user_id)
    if not check_password(current, user.password):
        raise WrongCurrentPassword
    check_password_rule(password)
    _set_password(user=user, password=password)
    user.save()
    _journal(actor=actor, event="identity.password_changed", user=user, now=now)
    return user_record(user)


@use_case("identity.issue_provisional_password")
def issue_provisional_password(
    *, actor: Actor, email: str, password: str, now: datetime
) -> UserRecord:
    """Give a user a password that works once, for three days, and must be changed (decision D8).

    Errors: PasswordTooWeak, LinkNotValid when no such user exists. Source: S1-15.
    """
    check_password_rule(password)
    user = User.objects.select_for_update(no_key=True).filter(email=tidy_email(email)).first()
    if user is None:
        raise LinkNotValid
    _set_password(user=user, password=password)
    user.must_change_password = True
    user.provisional_until = now + PROVISIONAL_FOR
    user.activated_at = user.activated_at or now
    user.save()
    _journal(actor=actor, event="identity.provisional_password_issued", user=user, now=now)
    return user_record(user)


def _set_password(*, user: User, password: str) -> None:
    user.password = make_password(password)
    user.must_change_password = False
    user.provisional_until = None


def _journal(*, actor: Actor, event: str, user: User, now: datetime) -> None:
    record(entries=[Entry(event=event, subject=f"user:{user.pk}", actor=actor)], now=now)
