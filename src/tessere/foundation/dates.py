"""Days as French writes them."""

from datetime import date

from django.utils import dateformat

from tessere.foundation.money import NO_BREAK_SPACE


def date_long(day: date) -> str:
    """11 août 2023; the first of a month is an ordinal: 1er août 2023."""
    ordinal = "er" if day.day == 1 else ""
    return f"{day.day}{ordinal}{NO_BREAK_SPACE}{dateformat.format(day, 'F Y')}"
