"""Codes that a machine reads: what is drawn is what is decoded."""

import io
import re

import pytest
from PIL import Image, ImageDraw

from tessere.ui.drawing import barcode_svg, ean13_modules, qr_svg

zxingcpp = pytest.importorskip("zxingcpp")
SCALE = 4


def paint(svg: str, width: int, height: int) -> Image.Image:
    """Draw the black runs of our own paths, which hold nothing else."""
    image = Image.new("L", (width * SCALE, height * SCALE), 255)
    draw = ImageDraw.Draw(image)
    path = re.search(r'fill="#000" d="([^"]+)"', svg)
    assert path
    for x, y, w, h in re.findall(r"M(\d+) (\d+)h(\d+)v(\d+)", path[1]):
        left, top = int(x) * SCALE, int(y) * SCALE
        draw.rectangle((left, top, left + int(w) * SCALE - 1, top + int(h) * SCALE - 1), fill=0)
    buffer = io.BytesIO()
    image.save(buffer, "png")
    return Image.open(buffer)


@pytest.mark.parametrize("payload", ["https://marvigny.localhost/p/093351957?c=7K", "7M6ETZWF0"])
def test_qr_code_decodes_to_its_payload(payload: str) -> None:
    svg = qr_svg(payload, "QR code")
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert box
    found = zxingcpp.read_barcodes(paint(svg, int(box[1]), int(box[2])))
    assert [code.text for code in found] == [payload]


def test_barcode_decodes_to_its_digits() -> None:
    found = zxingcpp.read_barcodes(paint(barcode_svg("2877188413308", "Code"), 113, 39))
    assert [code.text for code in found] == ["2877188413308"]


@pytest.mark.parametrize("digits", ["", "287718841330", "28771884133O8", "²877188413308"])
def test_only_thirteen_digits_are_drawn(digits: str) -> None:
    with pytest.raises(ValueError, match=digits or "^$"):
        ean13_modules(digits)


def test_codes_have_a_name() -> None:
    assert 'role="img" aria-label="QR code de &lt;b&gt;"' in qr_svg("x", "QR code de <b>")
