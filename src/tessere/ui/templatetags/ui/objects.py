"""The things of a page: states, notices, verdicts, purses, sums."""

import datetime as dt

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tessere.ui import drawing, text
from tessere.ui.rendering import render_component
from tessere.ui.templatetags.ui.library import register
from tessere.ui.templatetags.ui.words import amount

STATE_ICONS = {"ok": "check", "wait": "clock", "go": "next", "stop": "close", "none": "undo"}
NOTICE_ICONS = {"ok": "ok", "info": "info", "wait": "pause", "stop": "alert"}
VERDICT_ICONS = {"ok": "ok", "stop": "refused"}
DRAWINGS = ("nothing", "missing", "paused")


@register.simple_tag
def state(kind: str, label: str, more: str = "", symbol: str = "") -> SafeString:
    """A lifecycle state: a tile with an icon, and its word."""
    values = {"kind": kind, "label": label, "more": more, "icon": symbol or STATE_ICONS[kind]}
    return render_component("state", values)


@register.simple_block_tag
def notice(content: str, kind: str, title: str = "", role: str = "") -> SafeString:
    """What must be known first."""
    values = {
        "kind": kind,
        "icon": NOTICE_ICONS[kind],
        "title": title,
        # The template engine has rendered, and escaped, what the block holds.
        "content": SafeString(content.strip()),  # nosec B703
        "role": role,
    }
    return render_component("notice", values)


@register.simple_tag
def toast(message: object) -> SafeString:
    """What was just done."""
    return render_component("toast", {"message": message})


@register.simple_tag
def kept_notice() -> SafeString:
    """What a page says when it comes from the telephone and not from the server."""
    return render_component("kept", {})


@register.simple_block_tag(end_name="endempty_state")
def empty_state(content: str, title: str, picture: str = "nothing", level: int = 2) -> SafeString:
    """Nothing yet, and the next step."""
    if picture not in DRAWINGS:
        raise ValueError(f"picture: {picture}")
    values = {"content": content, "title": title, "picture": picture, "level": level}
    return render_component("empty", values)


@register.simple_block_tag
def verdict(
    content: str,
    kind: str,
    title: str,
    cents: int | None = None,
    why: str = "",
    line: str = "",
    number: str = "",
) -> SafeString:
    """Accepted or refused, seen from two metres."""
    values = {
        "kind": kind,
        "icon": VERDICT_ICONS[kind],
        "title": title,
        "cents": cents,
        "why": why,
        "line": line,
        "number": number,
        "content": content,
    }
    return render_component("verdict", values)


@register.simple_tag
def purse(
    name: str,
    left: int,
    total: int,
    symbol: str = "ticket",
    tone: str = "sand",
    href: str = "",
    more: str = "",
    foot: str = "",
) -> SafeString:
    """What is left of an e-coupon; amounts are in cents."""
    values = {
        "name": name,
        "left": left,
        "total": total,
        "icon": symbol,
        "tone": tone,
        "href": href,
        "more": more,
        "foot": foot,
    }
    return render_component("purse", values)


@register.simple_block_tag(name="sum", end_name="endsum")
def sum_table(content: str, caption: str) -> SafeString:
    """Amounts that add up: `sum_line` and `sum_net` go inside; `caption` is read out only."""
    return format_html(
        '<table class="sum"><caption class="vh">{}</caption><tbody>{}</tbody></table>',
        caption,
        content,
    )


@register.simple_tag
def sum_line(label: str, cents: int) -> SafeString:
    """A line of a sum."""
    return format_html('<tr><th scope="row">{}</th><td>{}</td></tr>', label, amount(cents))


@register.simple_tag
def sum_net(label: str, cents: int) -> SafeString:
    """The result of a sum."""
    return format_html(
        '<tr class="sum__net"><th scope="row">{}</th><td>{}</td></tr>', label, amount(cents)
    )


@register.simple_tag
def steps(current: int, total: int) -> SafeString:
    """Étape 1 sur 3"""
    marks = [position <= current for position in range(1, total + 1)]
    return render_component("steps", {"current": current, "total": total, "marks": marks})


@register.simple_tag
def receipt_band(now: dt.datetime) -> SafeString:
    """The top of a receipt: the day, its colour, the server's clock, a band that moves."""
    day = text.local(now)
    words = text.date_words(now)
    values = {
        "now": now,
        "day": words[:1].upper() + words[1:],
        "tone": drawing.TONES[day.toordinal() % len(drawing.TONES)],
    }
    return render_component("receipt", values)


@register.simple_tag
def ago(moment: dt.datetime, now: dt.datetime) -> SafeString:
    """il y a 12 s; the receipt's clock keeps it going."""
    seconds = max(0, int((now - moment).total_seconds()))
    return render_component("ago", {"seconds": seconds, "minutes": seconds // 60})


@register.simple_block_tag
def selection(content: str, total: int) -> SafeString:
    """What can be done with the picked rows of a table of `total` on all pages; buttons inside."""
    return render_component("selection", {"content": content, "total": total})
