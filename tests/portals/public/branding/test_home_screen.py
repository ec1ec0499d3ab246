"""The site on the home screen of a telephone: its name, its icons, what it keeps."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.factories.world import World, make_world
from tests.portals.people import read, signed_in, visitor

pytestmark = pytest.mark.django_db
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'
RED_SQUARE = SVG.format('<path fill="red" d="M0 0h9v9H0z"/>').encode()


def manifest_of(world: World) -> dict[str, Any]:
    answer = visitor(world).get("/app.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    return dict(answer.json())


def picture(world: World, path: str) -> Image.Image:
    answer = visitor(world).get(path)
    assert answer.status_code == 200 and answer["Content-Type"] == "image/png"
    assert "immutable" in answer["Cache-Control"]
    return Image.open(BytesIO(answer.content)).convert("RGBA")


def draw_logo(world: World, drawing: bytes) -> None:
    world.brand(logo=drawing, name="Pass Horizon et Culture", slogan="Sortir, jouer, apprendre.")


@pytest.mark.conformance("S1-58")
def test_each_tenant_has_its_name_and_its_icons(world: World) -> None:
    draw_logo(world, RED_SQUARE)
    other = make_world()
    own, theirs = manifest_of(world), manifest_of(other)
    assert own["name"] == "Pass Horizon et Culture – Ville de Marvigny"
    assert own["short_name"] == "Pass Horizon"
    assert own["theme_color"] == "#0e4a5c" and own["display"] == "standalone"
    kinds = [(icon["sizes"], icon["purpose"]) for icon in own["icons"]]
    assert kinds == [("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")]
    for icon in own["icons"]:
        drawn = picture(world, icon["src"])
        side = drawn.width // 2
        assert f"{drawn.width}x{drawn.height}" == icon["sizes"]
        assert drawn.getpixel((side, side)) == (255, 0, 0, 255)
        assert drawn.getpixel((0, 0))[3] == (255 if icon["purpose"] == "maskable" else 0)
    assert len(theirs["short_name"]) <= 12 and theirs["name"] != own["name"]
    assert not {icon["src"] for icon in own["icons"]} & {icon["src"] for icon in theirs["icons"]}


@pytest.mark.conformance("S1-58")
def test_a_tenant_without_a_logo_has_a_motif_in_its_colour(world: World) -> None:
    page = visitor(world).get("/").content.decode()
    [path] = re.findall(r'rel="apple-touch-icon" href="([^"]+)"', page)
    drawn = picture(world, path)
    assert drawn.size == (180, 180) and drawn.getpixel((1, 1)) == (14, 74, 92, 255)
    assert len(drawn.getcolors() or []) > 1


def test_an_icon_reads_nothing_else(world: World, tmp_path: Any) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_bytes(RED_SQUARE)
    places = (str(secret), f"file://{secret}")
    images = "".join(f'<image width="9" height="9" href="{place}"/>' for place in places)
    draw_logo(world, SVG.format(images).encode())
    icon = manifest_of(world)["icons"][1]["src"]
    assert picture(world, icon).getpixel((256, 256)) == (255, 255, 255, 255)


@pytest.mark.parametrize("logo", [b"<svg/>", b"not a drawing", b"\x89PNG\r\n\x1a\nbroken"])
def test_a_logo_that_cannot_be_drawn_leaves_an_icon(world: World, logo: bytes) -> None:
    draw_logo(world, logo)
    assert picture(world, manifest_of(world)["icons"][0]["src"]).size == (192, 192)


@pytest.mark.parametrize("path", ["000000000000/touch", "{digest}/enormous"])
def test_there_are_no_other_icons(world: World, path: str) -> None:
    digest = manifest_of(world)["icons"][0]["src"].split("/")[2]
    found = visitor(world).get(f"/app-icon/{path.format(digest=digest)}.png")
    assert found.status_code == 404


def test_the_worker_keeps_files_that_are_there(world: World) -> None:
    draw_logo(world, RED_SQUARE)
    answer = visitor(world).get("/service-worker.js")
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"].startswith("text/javascript")
    script = answer.content.decode()
    [names] = re.findall(r"^var FILES = (.+);$", script, re.M)
    kept = json.loads(names)
    assert len(kept) > 10
    for path in kept:
        if not path.startswith("/static/"):
            assert visitor(world).get(path).status_code == 200, path


def test_the_worker_changes_with_the_brand_and_with_nothing_else(world: World) -> None:
    first = visitor(world).get("/service-worker.js").content
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    assert lina.get("/service-worker.js").content == first
    draw_logo(world, RED_SQUARE)
    assert visitor(world).get("/service-worker.js").content != first


def test_the_page_without_a_network_names_nobody(world: World) -> None:
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    answer = lina.get("/offline/")
    assert "Pas de connexion" in read(answer) and "Rien n’a été envoyé" in read(answer)
    assert answer.content == visitor(world).get("/offline/").content
