"""Documents for paper: the whole page and its style, ready for the PDF renderer."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.template.loader import render_to_string

from tessere.ui import assets
from tessere.ui.drawing import INK, TILE_COLOURS
from tessere.ui.theme import Palette, hex_colour, theme_css
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


@dataclass(frozen=True, kw_only=True)
class PrintedPoster:
    """What stands at a partner's counter: who, the code in digits, and what to scan."""

    partner: str
    code: str
    qr_payload: str


@dataclass(frozen=True, kw_only=True)
class GuideChapter:
    """A heading of the guide: a picture in static/ui/guide, its words, what to do, a remark."""

    picture: str
    title: str
    alt: str
    steps: Sequence[str]
    note: str

    @property
    def path(self) -> str:
        """Where the picture lies among the static files."""
        return f"ui/guide/{self.picture}.svg"

    @property
    def file(self) -> str:
        """The same picture for paper."""
        return (assets.STATIC / "guide" / f"{self.picture}.svg").as_uri()


@dataclass(frozen=True)
class Document:
    """A page to be rendered to PDF."""

    html: str
    css: str


def _strip(palette: Palette) -> str:
    """The band of small tiles under the head of a document: a background, nothing to read out."""
    brand, accent = hex_colour(palette.brand), hex_colour(palette.accent)
    tiles = TILE_COLOURS
    cycle = (
        accent, tiles["mint"], INK, tiles["coral"], "#ffffff", tiles["sky"],
        accent, brand, tiles["lime"], INK, tiles["sand"],
    )  # fmt: skip
    paths = "".join(
        f'<path fill="{cycle[index % len(cycle)]}" d="M{index * 4} 0h3.7v4h-3.7z"/>'
        for index in range(44)
    )
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 176 4" width="176" height="4"'
        f' preserveAspectRatio="none">{paths}</svg>'
    )
    return f'.strip {{ background: url("data:image/svg+xml,{quote(drawing)}") 0 0 / 100% 100% }}\n'


def voucher_document(brand: Brand, palette: Palette, voucher: PrintedVoucher) -> Document:
    """The A4 page of a voucher: the part to hand over, and the part to keep."""
    html = render_to_string("ui/print/voucher.html", {"brand": brand, "voucher": voucher})
    return Document(html=html, css=_style("voucher", palette))


def poster_document(brand: Brand, palette: Palette, poster: PrintedPoster) -> Document:
    """The A4 poster of a partner's QR code."""
    html = render_to_string("ui/print/poster.html", {"brand": brand, "poster": poster})
    return Document(html=html, css=_style("poster", palette))


def guide_document(brand: Brand, palette: Palette, chapters: Sequence[GuideChapter]) -> Document:
    """The partners' guide: a cover with its summary, then two chapters a page."""
    html = render_to_string("ui/print/guide.html", {"brand": brand, "chapters": chapters})
    return Document(html=html, css=_style("guide", palette))


def _style(name: str, palette: Palette) -> str:
    theme = theme_css(palette.brand, palette.accent, palette.on_brand, palette.corner_px)
    return theme + assets.print_css(name) + _strip(palette)
