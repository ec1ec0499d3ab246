"""Pictures that the server draws."""

from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tessere.ui import drawing
from tessere.ui.rendering import render_component
from tessere.ui.templatetags.ui.files import icon
from tessere.ui.templatetags.ui.library import register

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
