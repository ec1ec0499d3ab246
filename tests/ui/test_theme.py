"""The contrast figures of the two palettes, and what a tenant may not choose."""

import pytest

from tessere.ui import theme
from tessere.ui.theme import MARVIGNY, SORBIER, Palette, Rgb, blend, contrast, parse_colour

WHITE = parse_colour("#fff")
INK = parse_colour(theme.INK_HEX)
GROUND = parse_colour("#f4f6f4")
INK_2 = parse_colour("#47565e")


@pytest.mark.parametrize(
    (
        "palette",
        "white_on_brand",
        "ink_on_accent",
        "brand_on_ground",
        "brand_on_soft",
        "accent_on_brand",
    ),
    [(MARVIGNY, 9.8, 9.0, 9.0, 8.8, 5.7), (SORBIER, 8.5, 10.7, 7.9, 7.9, 5.9)],
    ids=["marvigny", "sorbier"],
)
def test_palettes_have_the_measured_contrasts(
    palette: Palette,
    white_on_brand: float,
    ink_on_accent: float,
    brand_on_ground: float,
    brand_on_soft: float,
    accent_on_brand: float,
) -> None:
    soft = blend(palette.accent, 0.2, WHITE)
    assert contrast(WHITE, palette.brand) == pytest.approx(white_on_brand, abs=0.05)
    assert contrast(INK, palette.accent) == pytest.approx(ink_on_accent, abs=0.05)
    assert contrast(palette.brand, GROUND) == pytest.approx(brand_on_ground, abs=0.05)
    assert contrast(palette.brand, soft) == pytest.approx(brand_on_soft, abs=0.06)
    assert contrast(palette.accent, palette.brand) == pytest.approx(accent_on_brand, abs=0.05)


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        (INK, WHITE, 15.5),
        (INK, GROUND, 14.3),
        (INK_2, WHITE, 7.6),
        (parse_colour("#6f7f87"), WHITE, 4.1),
        (WHITE, parse_colour("#11633b"), 7.3),
        (WHITE, parse_colour("#1d4c7f"), 8.8),
        (WHITE, parse_colour("#9e1b1b"), 8.0),
        (parse_colour("#6b4a00"), parse_colour("#fff0c9"), 7.1),
    ],
)
def test_house_colours_have_the_measured_contrasts(first: Rgb, second: Rgb, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.06)


def test_ink_is_readable_on_every_tile() -> None:
    from tessere.ui.drawing import TILE_COLOURS  # noqa: PLC0415

    ratios = [contrast(INK, parse_colour(colour)) for colour in TILE_COLOURS.values()]
    assert min(ratios) > 10.4
    assert max(ratios) < 12.1


def test_contrast_goes_from_one_to_twenty_one() -> None:
    assert contrast(WHITE, WHITE) == pytest.approx(1)
    assert contrast(WHITE, Rgb(0, 0, 0)) == pytest.approx(21)


def test_theme_css_holds_the_four_variables() -> None:
    css = theme.theme_css(MARVIGNY.brand, MARVIGNY.accent, "#fff", 10)
    assert "--brand-rgb: 14, 74, 92;" in css
    assert "--accent-rgb: 255, 184, 77;" in css
    assert "--on-brand: rgb(255, 255, 255);" in css
    assert "--corner: 10px;" in css


@pytest.mark.parametrize(
    ("brand", "accent", "on_brand", "pair"),
    [
        (Rgb(120, 160, 170), MARVIGNY.accent, "#fff", "on_brand/brand"),
        (Rgb(255, 220, 0), MARVIGNY.accent, "#000", "brand/white"),
        (Rgb(0, 128, 150), MARVIGNY.accent, "#fff", "brand/ground"),
        (Rgb(0, 114, 205), MARVIGNY.accent, "#fff", "brand/brand_soft"),
        (Rgb(0, 123, 145), MARVIGNY.accent, "#fff", "brand/accent_soft"),
        (MARVIGNY.brand, Rgb(120, 90, 30), "#fff", "ink/accent"),
    ],
)
def test_unreadable_pairs_are_refused(brand: Rgb, accent: Rgb, on_brand: str, pair: str) -> None:
    with pytest.raises(theme.ContrastTooLow) as refused:
        theme.theme_css(brand, accent, on_brand, 10)
    assert refused.value.pair == pair
    assert refused.value.ratio < refused.value.least


@pytest.mark.parametrize("text", ["", "red", "#12", "#12345g", "#fff;}", "url(x)", "rgb(1,2,3)"])
def test_only_hexadecimal_colours_are_read(text: str) -> None:
    with pytest.raises(theme.InvalidColour):
        parse_colour(text)


def test_short_colours_are_read() -> None:
    assert parse_colour(" #0aF ") == Rgb(0, 170, 255)


@pytest.mark.parametrize("corner", [-1, 17])
def test_corners_stay_small(corner: int) -> None:
    with pytest.raises(ValueError, match="corner"):
        theme.theme_css(MARVIGNY.brand, MARVIGNY.accent, "#fff", corner)


def test_channels_out_of_range_are_refused() -> None:
    with pytest.raises(theme.InvalidColour):
        theme.theme_css(Rgb(14, 74, 300), MARVIGNY.accent, "#fff", 10)
