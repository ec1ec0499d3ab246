"""Amounts, codes, days: text as French readers expect it."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tessere.ui import text
from tessere.ui.templatetags.ui.library import register

for write in (
    text.euros,
    text.euros_short,
    text.count,
    text.code3,
    text.date_long,
    text.date_words,
    text.date_short,
    text.time_short,
    text.time_exact,
    text.octets,
    text.phone_url,
):
    register.filter(write.__name__, write)


@register.simple_tag
def amount(cents: int, size: str = "") -> SafeString:
    """An amount in the title face; size is l or xl."""
    return format_html(
        '<span class="amount{}">{}</span>', f" amount--{size}" if size else "", text.euros(cents)
    )


@register.simple_tag
def code(value: object, css: str = "") -> SafeString:
    """A number or a code, in groups of three."""
    return format_html(
        '<span class="code{}">{}</span>', f" {css}" if css else "", text.code3(value)
    )
