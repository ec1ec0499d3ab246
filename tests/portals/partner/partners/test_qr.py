"""The partner's own QR code: on its page, as files, on the poster; the same for every reader."""

import io
import re
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from django.db import transaction
from django.test import Client
from PIL import Image

from tessere.domains.partners.models import Partner
from tessere.domains.partners.types import PartnerStatus
from tessere.foundation.codes import partner_code_check
from tessere.foundation.links import partner_qr_url
from tests.factories.world import World
from tests.portals.paper import pictures_of
from tests.portals.people import read, signed_in

pytestmark = pytest.mark.django_db
PAGE, POSTER = "/partner/qr/", "/partner/qr/poster.pdf"
MM = 25.4


def payload_of(world: World) -> str:
    check = partner_code_check(world.partner_code)
    return partner_qr_url(host=world.host, code=world.partner_code, check=check)


def poster_of(client: Client) -> bytes:
    answer = client.get(POSTER)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="affiche-093351957.pdf"'
    return answer.content


def read_off(pdf: bytes, *, dpi: int) -> Any:
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72).to_pil()
    [found] = zxingcpp.read_barcodes(picture.convert("L"))
    return found


def change(world: World, **fields: Any) -> None:
    with world.inside(), transaction.atomic():
        Partner.objects.filter(pk=world.partner_id).update(**fields)


@pytest.fixture(params=["admin", "cashier"])
def client(request: pytest.FixtureRequest, world: World) -> Client:
    email = world.partner_email if request.param == "admin" else world.cashier_email
    return signed_in(world, email)


def test_the_code_is_one_tap_from_accueil(client: Client) -> None:
    page = client.get("/partner/").content.decode()
    assert f'href="{PAGE}"' in page and f'href="{POSTER}"' in page
    words = read(client.get(PAGE))
    for said in ("Compagnie des Trois-Ponts", "Code partenaire 093 351 957", "luminosité"):
        assert said in words


def test_the_picture_is_large_and_quiet(world: World, client: Client) -> None:
    answer = client.get("/partner/qr/code.png")
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == 'attachment; filename="qr-code-093351957.png"'
    picture = Image.open(io.BytesIO(answer.content)).convert("L")
    assert min(picture.size) >= 1_000
    [found] = zxingcpp.read_barcodes(picture)
    assert found.text == payload_of(world)
    dark = picture.point(lambda tone: 255 if tone < 128 else 0)
    left, top, right, bottom = dark.getbbox() or (0, 0, 0, 0)
    row = [dark.getpixel((x, top)) for x in range(left, right)]
    module = row.index(0) / 7  # the bar on top of a corner is seven modules long
    assert module >= 20
    margins = (left, top, picture.width - right, picture.height - bottom)
    assert min(margins) >= 4 * module


def test_the_drawing_is_a_file_of_its_own(client: Client) -> None:
    answer = client.get("/partner/qr/code.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    drawing = answer.content.decode()
    assert 'xmlns="http://www.w3.org/2000/svg"' in drawing
    assert "<title>QR code du partenaire Compagnie des Trois-Ponts</title>" in drawing


@pytest.mark.conformance("S1-63")
def test_the_poster_says_all_on_one_tagged_page(world: World, client: Client) -> None:
    pdf = poster_of(client)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    [page] = reader.pages
    size = [round(float(side) / 72 * MM) for side in page.mediabox[2:]]
    assert size == [210, 297]
    text = re.sub(r"\s+", " ", page.extract_text())
    slug = world.host.partition(".")[0]
    for said in (
        f"Pass {slug}",
        f"Ville de {slug}",
        "Compagnie des Trois-Ponts",
        "Code partenaire",
        "093 351 957",
        f"Ouvrez Pass {slug} sur votre téléphone et touchez « Utiliser ».",
        "Scannez ce QR code, ou tapez le code à 9 chiffres.",
        "Tapez le montant, validez, et montrez l’écran « Payé » à l’accueil.",
    ):
        assert said in text, (said, text)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fr" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert pictures_of(pdf) == ["QR code du partenaire Compagnie des Trois-Ponts, code 093 351 957"]
    for dpi in (150, 300):
        assert read_off(pdf, dpi=dpi).text == payload_of(world)


def test_the_code_on_the_poster_is_nine_centimetres_wide(client: Client) -> None:
    corners = read_off(poster_of(client), dpi=150).position
    assert (corners.top_right.x - corners.top_left.x) / 150 * MM >= 90


@pytest.mark.parametrize("name", ["Association " * 11, "W" * 140, "<b>Évil</b> & fils"])
def test_any_name_fits_and_stays_a_text(world: World, name: str) -> None:
    change(world, trade_name=name)
    client = signed_in(world, world.partner_email)
    pdf = poster_of(client)
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    assert read_off(pdf, dpi=150).text == payload_of(world)
    assert "<b>Évil</b>" not in client.get(PAGE).content.decode()


def test_a_suspended_structure_reads_why_payments_are_refused(world: World) -> None:
    client = signed_in(world, world.partner_email)
    assert "suspendue" not in read(client.get(PAGE))
    change(world, status=PartnerStatus.SUSPENDED)
    for path in (PAGE, "/partner/"):
        words = read(client.get(path))
        assert "Votre structure est suspendue" in words
        assert "Les paiements sont refusés en ce moment" in words and "01 99 00 12 34" in words
