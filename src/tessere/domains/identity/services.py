from datetime import datetime, timedelta

from tessere.domains.audit.steps import record
from tessere.domains.audit.types import Entry
from tessere.domains.identity import throttling
from tessere.domains.identity.hashing import Proof, hashed, prove
from tessere.domains.identity.links import user_of_link
from tessere.domains.identity.models import User
from tessere.domains.identity.queries import link_owner, user_record
from tessere.domains.identity.rules import tidy_email
from tessere.domains.identity.steps import check_password_rule, mail_link, owner_of
from tessere.domains.identity.types import (
    LinkNotValid,
    LinkPurpose,
    SignInRefused,
    SignInSlowedDown,
    TooManyHashes,
    UserRecord,
    WrongCurrentPassword,
)
from tessere.foundation.actor import Actor
from tessere.foundation.errors import Refusal
from tessere.foundation.use_case import reading, use_case

PROVISIONAL_FOR = timedelta(days=3)
# A second turn when somebody else, or a double click, gave the account a new hash meanwhile.
_TURNS = 2


def sign_in(*, actor: Actor, email: str, password: str, now: datetime) -> UserRecord | Refusal:
    """The user with this address and password, or the refusal to show.

    Whoever is refused, known or not, costs one hash and gets the same words and the same pauses.
    The hash is made outside any transaction; pauses and account are judged again after it.
    Locks: the throttle of the address. Errors given: SignInRefused, SignInSlowedDown,
    TooManyHashes. Source: S1-05, S1-19, S1-21.
    """
    actor.require("identity.sign_in")
    for _turn in range(_TURNS):
        try:
            known = _hash_to_try(email=email, now=now)
            proof = prove(password=password, against=known)
            outcome = _enter(actor=actor, email=email, proof=proof, now=now)
        except (SignInSlowedDown, TooManyHashes) as refusal:
            return refusal
        if outcome is not None:
            return outcome
    return SignInRefused()


@reading
def _hash_to_try(*, email: str, now: datetime) -> str | None:
    throttling.check(email=email, now=now)
    user = User.objects.filter(email=tidy_email(email)).first()
    return user.password if user is not None else None


@use_case("identity.sign_in")
def _enter(
    *, actor: Actor, email: str, proof: Proof, now: datetime
) -> UserRecord | SignInRefused | None:
    """Let in whoever gave the proof; None when the hash it was held against is no longer there.

    The refusal is given and not raised, so that the failure is counted.
    """
    throttle = throttling.checked_and_locked(email=email, now=now)
    user = User.objects.filter(email=tidy_email(email)).first()
    if user is None or not proof.holds or not _may_enter(user, now=now):
        throttling.count_failure(throttle, now=now)
        return SignInRefused()
    changes: dict[str, object] = {"password": proof.renewed} if proof.renewed else {}
    if user.provisional_until is not None:
        # A provisional password works once: the next sign-in needs the one chosen now.
        changes["provisional_until"] = now
    same_hash = User.objects.filter(pk=user.pk, password=proof.against)
    if not (same_hash.update(**changes) if changes else user.password == proof.against):
        return None
    throttling.forget(email=email)
    _journal(actor=actor, event="identity.signed_in", user=user, now=now)
    return user_record(user)


def _may_enter(user: User, *, now: datetime) -> bool:
    in_time = user.provisional_until is None or now < user.provisional_until
    return user.is_active and user.activated_at is not None and in_time


@use_case("identity.request_link")
def request_link(*, actor: Actor, email: str, now: datetime) -> None:
    """Mail a link to reset the password, or to activate an account that was not; else nothing.

    The caller learns nothing: the answer and the work are the same for a known and an unknown
    address (S1-06), and when the hour's mails are used up, so that nobody's mailbox is flooded.
    """
    user = owner_of(email=email)
    waits = user is not None and user.activated_at is None
    purpose = LinkPurpose.ACTIVATION if waits else LinkPurpose.RESET
    mail_link(actor=actor, user=user, purpose=purpose, now=now)


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

    Every open session of the account ends. Errors: LinkNotValid, PasswordTooWeak, TooManyHashes.
    Source: S1-06, S1-07, S1-15.
    """
    actor.require("identity.choose_password")
    link_owner(purpose=purpose, user=user, token=token, now=now)
    check_password_rule(password)
    fresh = hashed(password)
    return _use_link(
        actor=actor, purpose=purpose, user=user, token=token, hashed_password=fresh, now=now
    )


@use_case("identity.choose_password")
def _use_link(
    *,
    actor: Actor,
    purpose: LinkPurpose,
    user: str,
    token: str,
    hashed_password: str,
    now: datetime,
) -> UserRecord:
    found = user_of_link(purpose=purpose, user=user, token=token, now=now, lock=True)
    if found is None:
        raise LinkNotValid
    _set_password(user=found, hashed_password=hashed_password)
    if found.activated_at is None:
        found.activated_at = now
    found.save()
    throttling.forget(email=found.email)
    _journal(actor=actor, event=f"identity.password_chosen_by_{purpose}", user=found, now=now)
    return user_record(found)


def change_password(*, actor: Actor, current: str, password: str, now: datetime) -> UserRecord:
    """Change the actor's own password; every other session of the account ends.

    Wrong current passwords count like those of a sign-in, and slow down together with them. Both
    hashes are made whether the current password is right or not.
    Locks: the throttle of the address, the user.
    Errors: PasswordTooWeak, WrongCurrentPassword, SignInSlowedDown, TooManyHashes.
    Source: S1-15, S1-21.
    """
    actor.require("identity.change_password")
    check_password_rule(password)
    known = _own_hash(actor=actor, now=now)
    proof = prove(password=current, against=known)
    outcome = _change(actor=actor, proof=proof, hashed_password=hashed(password), now=now)
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


@reading
def _own_hash(*, actor: Actor, now: datetime) -> str:
    user = User.objects.get(pk=actor.user_id)
    throttling.check(email=user.email, now=now)
    return user.password


@use_case("identity.change_password")
def _change(
    *, actor: Actor, proof: Proof, hashed_password: str, now: datetime
) -> UserRecord | Refusal:
    """Take the new password. A refusal is given and not raised: the failure is counted."""
    email = User.objects.values_list("email", flat=True).get(pk=actor.user_id)
    throttle = throttling.checked_and_locked(email=email, now=now)
    user = User.objects.select_for_update(no_key=True).get(pk=actor.user_id)
    if not proof.holds or user.password != proof.against:
        throttling.count_failure(throttle, now=now)
        return WrongCurrentPassword()
    throttling.forget(email=email)
    _set_password(user=user, hashed_password=hashed_password)
    user.save()
    _journal(actor=actor, event="identity.password_changed", user=user, now=now)
    return user_record(user)


def issue_provisional_password(
    *, actor: Actor, email: str, password: str, now: datetime
) -> UserRecord:
    """Give a user a password that works once, for three days, and must be changed (decision D8).

    Errors: PasswordTooWeak, TooManyHashes, LinkNotValid when no such user exists. Source: S1-15.
    """
    actor.require("identity.issue_provisional_password")
    check_password_rule(password)
    fresh = hashed(password)
    return _issue(actor=actor, email=email, hashed_password=fresh, now=now)


@use_case("identity.issue_provisional_password")
def _issue(*, actor: Actor, email: str, hashed_password: str, now: datetime) -> UserRecord:
    user = User.objects.select_for_update(no_key=True).filter(email=tidy_email(email)).first()
    if user is None:
        raise LinkNotValid
    _set_password(user=user, hashed_password=hashed_password)
    user.must_change_password = True
    user.provisional_until = now + PROVISIONAL_FOR
    user.activated_at = user.activated_at or now
    user.save()
    _journal(actor=actor, event="identity.provisional_password_issued", user=user, now=now)
    return user_record(user)


def _set_password(*, user: User, hashed_password: str) -> None:
    user.password = hashed_password
    user.must_change_password = False
    user.provisional_until = None


def _journal(*, actor: Actor, event: str, user: User, now: datetime) -> None:
    record(entries=[Entry(event=event, subject=f"user:{user.pk}", actor=actor)], now=now)
