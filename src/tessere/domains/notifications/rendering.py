"""The words of a mail: the template of its kind, `room/what_happened`, on plain values.

A template's first line is the subject, the rest the text. Nothing is escaped: it is not HTML.
"""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from tessere.domains.branding.types import BrandRecord


def render_mail(
    *, kind: str, context: Mapping[str, Any], brand: BrandRecord | None, base_url: str
) -> tuple[str, str]:
    """Subject and text of a mail."""
    room, _slash, event = kind.partition("/")
    values = {**context, "brand": brand, "base_url": base_url}
    subject, _line, text = render_to_string(f"{room}/mail/{event}.txt", values).partition("\n")
    return subject.strip(), text.strip() + "\n"
