from datetime import datetime, timedelta

from tessere.domains.identity.types import (
    MAXIMUM_PASSWORD_LENGTH,
    MINIMUM_PASSWORD_LENGTH,
    PasswordRule,
)

FREE_FAILURES = 5
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
# A throttle is kept for a day beyond the one after which its failures no longer count.
THROTTLES_KEPT_FOR = FORGOTTEN_AFTER + timedelta(days=1)
LINKS_AN_HOUR = 4


def password_faults(password: str) -> list[PasswordRule]:
    """The parts of the guide's rule that a password breaks; none when it is good.

    A space is allowed and is not the special character (decision D7).
    """
    checks = {
        PasswordRule.LENGTH: MINIMUM_PASSWORD_LENGTH <= len(password) <= MAXIMUM_PASSWORD_LENGTH,
        PasswordRule.UPPER: any(character.isupper() for character in password),
        PasswordRule.LOWER: any(character.islower() for character in password),
        PasswordRule.DIGIT: any(character.isdigit() for character in password),
        PasswordRule.SPECIAL: any(
            not character.isalnum() and not character.isspace() and character.isprintable()
            for character in password
        ),
    }
    return [rule for rule, kept in checks.items() if not kept]


def tidy_email(text: str) -> str:
    """The one form in which an address is stored and compared."""
    return text.strip().lower()


def pause_after(*, failures: int) -> timedelta:
    """How long to wait after so many failures in a row: nothing at first, never for good."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    doublings = min(failures - FREE_FAILURES, 10)
    return min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)


def failures_still_counting(*, failures: int, last_failure: datetime, now: datetime) -> int:
    """Failures are forgotten after a day without one."""
    return 0 if now - last_failure > FORGOTTEN_AFTER else failures
