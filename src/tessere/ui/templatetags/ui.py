"""The tags that pages are built with. Every argument is escaped unless it was marked safe."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.template import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tessere.ui import assets, drawing, fields, text
from tessere.ui.paging import pager_values
from tessere.ui.rendering import render_component

register = template.Library()

STATE_ICONS = {"ok": "check", "wait": "clock", "go": "next", "stop": "close", "none": "undo"}
NOTICE_ICONS = {"ok": "ok", "info": "info", "wait": "pause", "stop": "alert"}
VERDICT_ICONS = {"ok": "ok", "stop": "refused"}
# A bell says 99+ for more.
MOST_COUNTED = 99
DRAWINGS = ("nothing", "missing", "paused")
# What a telephone is seen to show, and the end of it that is drawn.
PHONES = {
    "home": "high",
    "safari": "low",
    "share": "low",
    "sheet": "low",
    "add": "low",
    "chrome": "high",
    "dots": "high",
    "menu": "high",
    "install": "high",
}


# Files


@register.simple_tag
def stylesheet_url() -> str:
    """The address of the style sheet."""
    asset = assets.stylesheet()
    return reverse("ui:asset", args=[asset.digest, asset.name])


@register.simple_tag
def script_url() -> str:
    """The address of the script."""
    asset = assets.script()
    return reverse("ui:asset", args=[asset.digest, asset.name])


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite; always beside its word."""
    if name not in assets.icon_names():
        raise ValueError(f"no icon named {name!r}")
    return format_html(
        '<svg class="icon{}" aria-hidden="true" focusable="false">'
        '<use xlink:href="{}#i-{}"></use></svg>',
        f" {css}" if css else "",
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def keep_nothing() -> SafeString:
    """On the root element, where nobody is signed in: what was kept for them is forgotten."""
    return SafeString(' data-keep=""')


# Text


for write in (
    text.euros,
    text.euros_short,
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


# Forms


@register.simple_tag
def field(bound: Any, **options: Any) -> SafeString:
    """A form field; the options are those of `fields.render_field`."""
    return fields.render_field(bound, **options)


@register.simple_tag
def form_errors(form: Any, title: str = "") -> SafeString:
    """The summary of a form's errors; nothing when there is none."""
    return fields.render_form_errors(form, title=title)


@register.simple_tag
def password_rules(rules: Iterable[tuple[str, Any]], identifier: str = "regles") -> SafeString:
    """The rules of a password, each as the name that the script knows and its words.

    `{% field … rules="regles" %}` ties a field to them.
    """
    return render_component("rules", {"id": identifier, "rules": list(rules)})


@register.simple_tag
def scanner(
    target: str,
    pattern: str,
    path: str = "",
    prompt: str = "",
    auto: bool = False,
    button: bool = True,
) -> SafeString:
    """Read a QR code by camera or from a picture into the field of this id."""
    values = {
        "button": button,
        "target": target,
        "pattern": pattern,
        "path": path,
        "prompt": prompt or _("Visez le QR code. Il se lit tout seul."),
        "auto": auto,
        "decoder": static("ui/jsqr/jsQR.js"),
    }
    return render_component("scanner", values)


@register.simple_tag
def scanner_button(target: str) -> SafeString:
    """The button of a scanner that has none of its own, beside other buttons."""
    return render_component("scanner_button", {"target": target})


# Drawings


@register.simple_tag
def tile(name: str, tone: str = "sand", size: str = "") -> SafeString:
    """An icon on a tile of colour; size is l."""
    if tone not in drawing.TONES:
        raise ValueError(f"tone: {tone}")
    return format_html(
        '<span class="tile{} is-{}">{}</span>', f" tile--{size}" if size else "", tone, icon(name)
    )


@register.simple_tag
def motif(number: str) -> SafeString:
    """The picture of an operation's number."""
    return drawing.motif_svg("".join(str(number).split()))


@register.simple_tag
def tiles(part: int, whole: int, count: int = 12) -> SafeString:
    """Progress; write the figures beside it."""
    return drawing.tiles_svg(part, whole, count=count)


@register.simple_tag(takes_context=True)
def phone(context: Context, picture: str, alt: str) -> SafeString:
    """A telephone on which the site is installed, with the icon and the label of `brand`."""
    screen = context["brand"].home_screen
    values = {
        "picture": picture,
        "side": PHONES[picture],
        "alt": alt,
        "label": screen.label,
        "icon_url": screen.icon_url,
    }
    return render_component("phone", values)


@register.simple_tag
def qr(payload: str, alt: str) -> SafeString:
    """A QR code on its white ground."""
    return format_html('<div class="qr">{}</div>', drawing.qr_svg(payload, alt))


@register.simple_tag
def barcode(digits: str, alt: str) -> SafeString:
    """An EAN-13."""
    return drawing.barcode_svg(digits, alt)


# Objects


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


# Pages


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Any) -> SafeString:
    """Voir par 10 sur 128, and the pages; other parameters of the address are kept."""
    values = pager_values(page, context["request"].GET)
    return render_component("pager", values)


@register.simple_tag(takes_context=True)
def brand_link(context: Context) -> SafeString:
    """The logo and name of `brand`, leading home; nothing where no tenant is known."""
    brand = context.get("brand")
    return render_component("brand", {"brand": brand}) if brand else SafeString("")


@register.simple_tag(takes_context=True)
def account_menu(context: Context) -> SafeString:
    """The person who is signed in, `account`, and the way out."""
    account = context.get("account")
    if not account:
        return SafeString("")
    token = context.get("csrf_token", "")
    return render_component("account", {"account": account, "csrf_token": token})


@register.simple_tag(takes_context=True)
def tabs(context: Context) -> SafeString:
    """The main menu, `menu`: on a phone three entries and a panel, or four without one."""
    entries = list(context.get("menu") or ())
    room = len(entries) if len(entries) <= 4 else 3
    hidden = entries[room:]
    brand = context.get("brand")
    values = {
        "shown": entries[:room],
        "hidden": hidden,
        "hidden_current": any(entry.current for entry in hidden),
        "more": brand.links[:1] if brand else (),
    }
    return render_component("tabs", values)


@register.simple_tag
def bell_sign(unread: int) -> SafeString:
    """The bell and what it counts, to put into the link of `bell`."""
    return render_component("bell", {"unread": unread, "most": MOST_COUNTED})


@register.simple_tag
def contact(who: Any) -> SafeString:
    """How to reach a service."""
    return render_component("contact", {"contact": who})


@register.simple_tag(takes_context=True)
def footer(context: Context) -> SafeString:
    """The links of `brand`, and what the site is made with."""
    return render_component("foot", {"brand": context.get("brand")})


@register.simple_tag
def choice_option(option: dict[str, Any]) -> SafeString:
    """One option of a radio or check list."""
    return render_component("choice", option)


@register.simple_tag
def eye(identifier: str) -> SafeString:
    """The button that shows a password; it appears with the script."""
    return render_component("eye", {"id": identifier})
