"""The colours of a tenant: checked before they are kept, written as a few variables.

Contrast follows WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

WHITE_HEX = "#ffffff"
INK_HEX = "#17262d"
GROUND_HEX = "#f4f6f4"
# How much of a colour its soft grounds hold, as in tokens.css.
BRAND_SOFT, ACCENT_SOFT = 0.07, 0.2
LARGEST_CORNER_PX = 16

TEXT_CONTRAST = 4.5
INK_ON_ACCENT_CONTRAST = 7.0

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")


class Rgb(NamedTuple):
    """A colour, each channel from 0 to 255."""

    red: int
    green: int
    blue: int


class InvalidColour(ValueError):
    """The text is not a colour written #rgb or #rrggbb."""


class ContrastTooLow(ValueError):
    """Two colours of a theme cannot be told apart well enough.

    `pair` names them (`on_brand/brand`, `brand/ground`, `ink/accent`…); `ratio` was measured and
    `least` was wanted.
    """

    def __init__(self, pair: str, ratio: float, least: float) -> None:
        self.pair = pair
        self.ratio = ratio
        self.least = least
        super().__init__(f"{pair}: {ratio:.2f} < {least:g}")


@dataclass(frozen=True, kw_only=True)
class Palette:
    """The four values that a tenant chooses."""

    brand: Rgb
    accent: Rgb
    on_brand: str = WHITE_HEX
    corner_px: int = 10


def parse_colour(text: str) -> Rgb:
    """Read `#rgb` or `#rrggbb`."""
    bare = text.strip().lower()
    if not _HEX.fullmatch(bare):
        raise InvalidColour(text)
    digits = bare[1:] if len(bare) == 7 else "".join(digit * 2 for digit in bare[1:])
    return Rgb(*(int(digits[start : start + 2], 16) for start in (0, 2, 4)))


def hex_colour(colour: Rgb) -> str:
    """A colour written `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _luminance(colour: Rgb) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: Rgb, second: Rgb) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def blend(colour: Rgb, share: float, ground: Rgb) -> Rgb:
    """What is seen of a colour laid on a ground with this opacity."""
    return Rgb(*(round(c * share + g * (1 - share)) for c, g in zip(colour, ground, strict=True)))


def check_contrast(brand: Rgb, accent: Rgb, on_brand: Rgb) -> None:
    """Raise ContrastTooLow for the first pair that cannot be read."""
    white = parse_colour(WHITE_HEX)
    pairs = (
        ("on_brand/brand", on_brand, brand, TEXT_CONTRAST),
        ("brand/white", brand, white, TEXT_CONTRAST),
        ("brand/ground", brand, parse_colour(GROUND_HEX), TEXT_CONTRAST),
        ("brand/brand_soft", brand, blend(brand, BRAND_SOFT, white), TEXT_CONTRAST),
        ("brand/accent_soft", brand, blend(accent, ACCENT_SOFT, white), TEXT_CONTRAST),
        ("ink/accent", parse_colour(INK_HEX), accent, INK_ON_ACCENT_CONTRAST),
    )
    for pair, first, second, least in pairs:
        ratio = contrast(first, second)
        if ratio < least:
            raise ContrastTooLow(pair, ratio, least)


def theme_css(brand_rgb: Rgb, accent_rgb: Rgb, on_brand: str, corner: int) -> str:
    """The style sheet of a tenant: four variables, or an error that says what is wrong."""
    for channel in (*brand_rgb, *accent_rgb):
        if not 0 <= channel <= 255:
            raise InvalidColour(str(channel))
    if not 0 <= corner <= LARGEST_CORNER_PX:
        raise ValueError(f"corner: {corner} px")
    on_brand_rgb = parse_colour(on_brand)
    check_contrast(brand_rgb, accent_rgb, on_brand_rgb)
    return (
        ":root {\n"
        f"  --brand-rgb: {', '.join(map(str, brand_rgb))};\n"
        f"  --accent-rgb: {', '.join(map(str, accent_rgb))};\n"
        f"  --on-brand: rgb({', '.join(map(str, on_brand_rgb))});\n"
        f"  --corner: {int(corner)}px;\n"
        "}\n"
    )


MARVIGNY = Palette(brand=Rgb(14, 74, 92), accent=Rgb(255, 184, 77), corner_px=10)
SORBIER = Palette(brand=Rgb(142, 31, 79), accent=Rgb(169, 226, 201), corner_px=2)
