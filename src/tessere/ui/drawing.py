"""Drawings made by the server: motif, progress, QR code, barcode. Plain SVG, no inline style."""

import base64
import hashlib
import io
from collections.abc import Iterable

import segno
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tessere.ui.theme import Palette

INK = "#17262d"
# The six tiles, in the order that the sixth byte of the digest picks from.
TILE_COLOURS = {
    "mint": "#bfe6d2",
    "sky": "#c6ddf5",
    "coral": "#fbc9b8",
    "lime": "#dde8a8",
    "lilac": "#ddd3f0",
    "sand": "#f6e0ae",
}
TONES = tuple(TILE_COLOURS)

_EAN_LEFT_ODD = (
    "0001101", "0011001", "0010011", "0111101", "0100011",
    "0110001", "0101111", "0111011", "0110111", "0001011",
)  # fmt: skip
_EAN_PARITY = (
    "OOOOOO", "OOEOEE", "OOEEOE", "OOEEEO", "OEOOEE",
    "OEEOOE", "OEEEOO", "OEOEOE", "OEOEEO", "OEEOEO",
)  # fmt: skip


def motif_cells(number: str) -> list[tuple[int, int]]:
    """The inked cells of the motif of a number: five by five, mirrored."""
    bits = int.from_bytes(hashlib.sha256(number.encode()).digest()[:4], "big")
    half = [(x, y) for x in range(3) for y in range(5) if bits >> (x * 5 + y) & 1]
    return sorted({cell for x, y in half for cell in ((x, y), (4 - x, y))})


def motif_tone(number: str) -> str:
    """The tile on which the motif of a number is drawn."""
    return TONES[hashlib.sha256(number.encode()).digest()[5] % len(TONES)]


def motif_svg(number: str) -> SafeString:
    """The motif of an operation: the same picture for the one who pays and the one who is paid."""
    cells = format_html_join(
        "",
        '<rect x="{}" y="{}" width="9" height="9" rx="1" fill="{}"/>',
        ((6 + 10 * x, 6 + 10 * y, INK) for x, y in motif_cells(number)),
    )
    return format_html(
        '<svg class="motif" viewBox="0 0 60 60" aria-hidden="true" focusable="false">'
        '<rect width="60" height="60" rx="6" fill="{}"/>{}</svg>',
        TILE_COLOURS[motif_tone(number)],
        cells,
    )


def app_icon_svg(*, logo: bytes, media_type: str, name: str, palette: Palette, full: bool) -> str:
    """The icon of a home screen: the logo on white, or a motif of the name on the brand's colour.

    `full` fills the square and keeps to its middle, for systems that cut icons to a shape of
    their own; without it the icon has round corners.
    """
    corner = 0 if full else 18
    shape = f'<rect width="100" height="100" rx="{corner}" fill="{{}}"/>'
    if logo:
        inset = 24 if full else 14
        address = f"data:{media_type};base64,{base64.b64encode(logo).decode()}"
        ground, inside = "#fff", format_html(
            '<image x="{0}" y="{0}" width="{1}" height="{1}" href="{2}"/>',
            inset, 100 - 2 * inset, address,
        )  # fmt: skip
    else:
        ground, inside = f"rgb({', '.join(map(str, palette.brand))})", format_html(
            '<g fill="{}">{}</g>',
            palette.on_brand,
            format_html_join(
                "",
                '<rect x="{}" y="{}" width="9" height="9" rx="1"/>',
                ((25.5 + 10 * x, 25.5 + 10 * y) for x, y in motif_cells(name)),
            ),
        )  # fmt: skip
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f"{shape.format(ground)}{inside}</svg>"
    )


def tiles_svg(part: int, whole: int, *, count: int = 12) -> SafeString:
    """Progress in tiles: full, part and empty differ by shape. The figure is written beside it."""
    share = min(max(part / whole, 0.0), 1.0) * count if whole > 0 else 0.0
    full = int(share + 1e-9)
    rest = share - full
    shapes: list[tuple[str, str, str]] = []
    for index in range(count):
        left = f"{index * 20 + 0.75:g}"
        shapes.append(("t1" if index < full else "t0", left, "14.5"))
        if index == full and rest > 0.01:
            shapes.append(("t1", left, f"{max(rest * 14.5, 2):.3g}"))
    return format_html(
        '<svg class="tiles" viewBox="0 0 {} 16" aria-hidden="true" focusable="false">{}</svg>',
        count * 20 - 4,
        format_html_join(
            "",
            '<rect class="{}" x="{}" y="0.75" width="{}" height="14.5" rx="2"/>',
            shapes,
        ),
    )


def _runs(row: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Start and length of each run of ones."""
    start = None
    position = -1
    for position, value in enumerate(row):
        if value and start is None:
            start = position
        elif not value and start is not None:
            yield start, position - start
            start = None
    if start is not None:
        yield start, position + 1 - start


def qr_svg(payload: str, alt: str, *, correction: str = "m") -> SafeString:
    """A QR code with its quiet zone; a row of modules is one stroke-free run of the path."""
    code = segno.make(payload, error=correction, micro=False)
    width, height = code.symbol_size(border=4)
    path = "".join(
        f"M{x} {y}h{length}v1h-{length}z"
        for y, row in enumerate(code.matrix_iter(border=4))
        for x, length in _runs(row)
    )
    return format_html(
        '<svg class="qr__code" viewBox="0 0 {} {}" role="img" aria-label="{}"'
        # The title is what the PDF renderer takes for the alternative text.
        ' shape-rendering="crispEdges"><title>{}</title><path fill="#fff" d="M0 0h{}v{}H0z"/>'
        '<path fill="#000" d="{}"/></svg>',
        width,
        height,
        alt,
        alt,
        width,
        height,
        path,
    )


def qr_png(payload: str, *, at_least_px: int) -> bytes:
    """A QR code with its quiet zone as a picture of so many pixels or some more."""
    code = segno.make(payload, error="m", micro=False)
    width, _height = code.symbol_size(border=4)
    picture = io.BytesIO()
    code.save(picture, kind="png", border=4, scale=-(-at_least_px // width))
    return picture.getvalue()


def qr_drawing(payload: str, title: str) -> bytes:
    """A QR code with its quiet zone as an SVG file of its own, for those who print."""
    code = segno.make(payload, error="m", micro=False)
    drawing = io.BytesIO()
    code.save(drawing, kind="svg", border=4, scale=10, light="#fff", title=title)
    return drawing.getvalue()


def ean13_modules(digits: str) -> str:
    """The 95 modules of an EAN-13, as ones and zeros."""
    if len(digits) != 13 or not (digits.isascii() and digits.isdigit()):
        raise ValueError(digits)
    right = [code.translate(str.maketrans("01", "10")) for code in _EAN_LEFT_ODD]
    even = [code[::-1] for code in right]
    parity = _EAN_PARITY[int(digits[0])]
    left = "".join(
        (_EAN_LEFT_ODD if kind == "O" else even)[int(digit)]
        for digit, kind in zip(digits[1:7], parity, strict=True)
    )
    return f"101{left}01010{''.join(right[int(digit)] for digit in digits[7:])}101"


def barcode_svg(digits: str, alt: str) -> SafeString:
    """An EAN-13 with its quiet zones; a module is 0.33 mm wide, the least that decodes on paper."""
    modules = ean13_modules(digits)
    path = "".join(f"M{11 + x} 0h{length}v39h-{length}z" for x, length in _runs(map(int, modules)))
    return format_html(
        '<svg class="ean" viewBox="0 0 113 39" width="37.29mm" height="12.87mm" role="img"'
        ' aria-label="{}" shape-rendering="crispEdges"><path fill="#000" d="{}"/></svg>',
        alt,
        path,
    )
