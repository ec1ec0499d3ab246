"""The partner's QR code on a telephone, and read back from each of its files by two readers."""

import base64
import io
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from tessere.ui.assets import STATIC
from tests.e2e.beneficiary_pages import partner_qr_path
from tests.e2e.partner_pages import open_as
from tests.factories.world import PASSWORD, World
from tests.plugins.chromium import Chrome66
from tests.plugins.site import Site

pytestmark = pytest.mark.usefixtures("committing")
JSQR = STATIC / "jsqr" / "jsQR.js"
# Draws a picture as large as it is, and gives what jsQR reads off it, and the picture as PNG.
READ = """async address => {
  const image = new Image(); image.src = address; await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
  const paper = canvas.getContext("2d"); paper.drawImage(image, 0, 0);
  const dots = paper.getImageData(0, 0, canvas.width, canvas.height);
  const found = jsQR(dots.data, canvas.width, canvas.height);
  return [found && found.data, canvas.toDataURL("image/png")];
}"""

FETCH = """async path => {
  const answer = await fetch(path);
  return Array.from(new Uint8Array(await answer.arrayBuffer()));
}"""


def data_url(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode()


def on_paper(pdf: bytes) -> str:
    drawn = io.BytesIO()
    pypdfium2.PdfDocument(pdf)[0].render(scale=150 / 72).to_pil().save(drawn, "png")
    return data_url(drawn.getvalue())


@pytest.mark.conformance("S1-62", "S1-86")
def test_two_readers_read_one_code_off_every_file(
    site: Site, new_page: Callable[..., Any], world: World
) -> None:
    page = new_page(bypass_csp=True)
    open_as(page, site, world, world.cashier_email)
    panel = page.locator("section", has=page.get_by_role("heading", name="Avec mon QR code"))
    assert "Code partenaire 093 351 957" in " ".join(panel.inner_text().split())
    poster = panel.get_by_role("link", name="Imprimer").get_attribute("href")
    pictures = {"shown on ACCUEIL": data_url(panel.locator(".qr").screenshot())}
    panel.get_by_role("link", name="Plein écran").click()
    page.wait_for_url("**/partner/qr/")
    hrefs = [
        page.get_by_role("link", name=name).get_attribute("href")
        for name in ("Image PNG", "Dessin SVG", "Affiche PDF")
    ]
    assert poster == hrefs[2]
    png, svg, pdf = (bytes(page.evaluate(FETCH, href)) for href in hrefs)
    pictures |= {
        "PNG": data_url(png),
        "SVG": "data:image/svg+xml;base64," + base64.b64encode(svg).decode(),
        "PDF at 150 dpi": on_paper(pdf),
    }
    page.add_script_tag(path=JSQR)
    wanted = partner_qr_path(world)
    for name, address in pictures.items():
        first, drawn = page.evaluate(READ, address)
        picture = Image.open(io.BytesIO(base64.b64decode(drawn.partition(",")[2])))
        [second] = zxingcpp.read_barcodes(picture.convert("L"))
        assert first == second.text, name
        assert first.endswith(wanted) and world.host in first, (name, first)


def test_the_code_fills_a_telephone(
    site: Site,
    new_page: Callable[..., Any],
    world: World,
    check_accessible: Callable[[Any], None],
    shoot: Callable[[Any, str], None],
) -> None:
    page = new_page(width=360, javascript=False)
    open_as(page, site, world, world.cashier_email)
    page.get_by_role("link", name="Plein écran").click()
    page.wait_for_url("**/partner/qr/")
    code = page.get_by_role("img", name="QR code du partenaire Compagnie des Trois-Ponts")
    box = code.bounding_box()
    # Eight of the 41 modules are the quiet zone.
    assert box["width"] * 33 / 41 >= 0.6 * 360
    assert box["y"] + box["height"] <= 640, "seen without scrolling"
    scripted = new_page(width=360)
    open_as(scripted, site, world, world.partner_email, "/partner/qr/")
    check_accessible(scripted)
    shoot(scripted, "partner-qr")
    [found] = zxingcpp.read_barcodes(_seen(scripted))
    assert found.text.endswith(partner_qr_path(world))


def _seen(page: Any) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot())).convert("L")


def test_chromium_66_shows_the_code(site: Site, chrome66: Chrome66, world: World) -> None:
    chrome66.goto(site.url(world.host, "/partner/qr/"))
    chrome66.fill("#id_email", world.partner_email)
    chrome66.fill("#id_password", PASSWORD)
    chrome66.click("main form button[type=submit]", loads=True)
    assert "".join(chrome66.text(".show__code .code").split()) == world.partner_code
    width = "document.querySelector('.show .qr svg').getBoundingClientRect().width"
    assert chrome66.script(width) >= 300
