"""Documents for paper: the whole page and its style, ready for the PDF renderer."""

import datetime as dt
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tessere.ui import assets
from tessere.ui.drawing import INK, TILE_COLOURS
from tessere.ui.theme import Palette, Rgb, theme_css
from tessere.ui.types import Brand


@dataclass(frozen=True, kw_only=True)
class PrintedVoucher:
    """What a printed *bon d'échange* says; every mention of the guide is here."""

    programme: str
    holder: str
    number: str
    qr_payload: str
    cents: int
    benefit: str
    partner: str
    partner_address: str
    vintage: str
    edited_on: dt.date
    expires_on: dt.date


@dataclass(frozen=True)
class Document:
    """A page to be rendered to PDF."""

    html: str
    css: str


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _strip(palette: Palette) -> SafeString:
    """The band of small tiles under the head of a voucher."""
    brand, accent = _hex(palette.brand), _hex(palette.accent)
    tiles = TILE_COLOURS
    cycle = (
        accent, tiles["mint"], INK, tiles["coral"], "#ffffff", tiles["sky"],
        accent, brand, tiles["lime"], INK, tiles["sand"],
    )  # fmt: skip
    return format_html(
        '<svg class="bon__strip" viewBox="0 0 176 4" preserveAspectRatio="none"'
        ' aria-hidden="true">{}</svg>',
        format_html_join(
            "",
            '<path fill="{}" d="M{} 0h3.7v4h-3.7z"/>',
            ((cycle[index % len(cycle)], index * 4) for index in range(44)),
        ),
    )


def voucher_document(brand: Brand, palette: Palette, voucher: PrintedVoucher) -> Document:
    """The A4 page of a voucher: the part to hand over, and the part to keep."""
    html = render_to_string(
        "ui/print/voucher.html", {"brand": brand, "voucher": voucher, "strip": _strip(palette)}
    )
    theme = theme_css(palette.brand, palette.accent, palette.on_brand, palette.corner_px)
    return Document(html=html, css=theme + assets.print_css("voucher"))
