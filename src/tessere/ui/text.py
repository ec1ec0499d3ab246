"""How amounts, numbers, dates and telephones are written on the screens."""

import datetime as dt
import re

from django.utils import dateformat, timezone

from tessere.foundation import dates
from tessere.foundation.money import NO_BREAK_SPACE, format_count, format_euros


def euros(cents: int) -> str:
    """1 234,50 €"""
    return format_euros(cents)


def euros_short(cents: int) -> str:
    """60 € when the amount is round, else 12,50 €."""
    return format_euros(cents, short=True)


def count(value: int) -> str:
    """How many: 1 234"""
    return format_count(value)


def code3(value: object) -> str:
    """A number in groups of three, to be read aloud: 7M6 ETZ WF0."""
    bare = "".join(str(value).split())
    return NO_BREAK_SPACE.join(bare[start : start + 3] for start in range(0, len(bare), 3))


def local(value: dt.date) -> dt.date:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def date_long(value: dt.date) -> str:
    """11 août 2023"""
    return dates.date_long(local(value))


def date_words(value: dt.date) -> str:
    """mardi 16 juin 2026"""
    return f"{dateformat.format(local(value), 'l')} {date_long(value)}"


def date_short(value: dt.date) -> str:
    """16/06/2026"""
    return dateformat.format(local(value), "d/m/Y")


def time_short(value: dt.datetime) -> str:
    """14:32"""
    return dateformat.format(local(value), "H:i")


def time_exact(value: dt.datetime) -> str:
    """14:32:07"""
    return dateformat.format(local(value), "H:i:s")


def octets(size: int) -> str:
    """18 Ko, or 2,4 Mo."""
    thousands = max(1, round(size / 1000))
    if thousands < 1000:
        return f"{thousands}{NO_BREAK_SPACE}Ko"
    return f"{size / 1_000_000:.1f}{NO_BREAK_SPACE}Mo".replace(".", ",")


def phone_url(value: str) -> str:
    """The tel: address of a number as it is written in France."""
    digits = re.sub(r"[^\d+]", "", value)
    if re.fullmatch(r"0\d{9}", digits):
        digits = f"+33{digits[1:]}"
    return f"tel:{digits}"
