"""How mails write amounts and moments."""

from datetime import datetime

from django import template

from tessere.foundation.clock import PARIS
from tessere.foundation.dates import date_long
from tessere.foundation.money import format_euros

register = template.Library()


@register.filter
def euros(cents: int) -> str:
    """1 234,50 €"""
    return format_euros(cents)


@register.filter
def moment(text: str) -> str:
    """16 juin 2026 à 14:32, from an instant in ISO form."""
    instant = datetime.fromisoformat(text).astimezone(PARIS)
    return f"{date_long(instant)} à {instant:%H:%M}"
