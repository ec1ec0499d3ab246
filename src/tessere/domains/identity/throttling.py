"""What slows down whoever tries passwords of one address, known or not (ADR 0007)."""

import hashlib
from datetime import datetime, timedelta

from tessere.domains.identity.models import SignInThrottle
from tessere.domains.identity.rules import failures_still_counting, pause_after, tidy_email
from tessere.domains.identity.types import SignInSlowedDown


def check(*, email: str, now: datetime) -> None:
    """Raise SignInSlowedDown while the address rests."""
    throttle = SignInThrottle.objects.filter(subject=_subject(email=email)).first()
    if throttle is not None:
        _check(throttle, now=now)


def checked_and_locked(*, email: str, now: datetime) -> SignInThrottle:
    """The throttle of an address that does not rest, locked until the transaction ends.

    Errors: SignInSlowedDown.
    """
    throttle, _made = SignInThrottle.objects.select_for_update().get_or_create(
        subject=_subject(email=email), defaults={"last_failure": now}
    )
    _check(throttle, now=now)
    return throttle


def count_failure(throttle: SignInThrottle, *, now: datetime) -> None:
    """Note one more wrong password."""
    failures = failures_still_counting(
        failures=throttle.failures, last_failure=throttle.last_failure, now=now
    )
    throttle.failures = failures + 1
    throttle.last_failure = now
    pause = pause_after(failures=throttle.failures)
    throttle.blocked_until = now + pause if pause else None
    throttle.save()


def forget(*, email: str) -> None:
    """Lift the pauses of an address: its owner has come."""
    SignInThrottle.objects.filter(subject=_subject(email=email)).delete()


def _subject(*, email: str) -> str:
    return hashlib.sha256(f"email:{tidy_email(email)}".encode()).hexdigest()


def _check(throttle: SignInThrottle, *, now: datetime) -> None:
    if throttle.blocked_until is not None and now < throttle.blocked_until:
        minutes = -(-(throttle.blocked_until - now) // timedelta(minutes=1))
        raise SignInSlowedDown(minutes=minutes)
