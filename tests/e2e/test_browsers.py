"""The browsers themselves: what later journeys rely on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.camera import film
from tests.plugins.chromium import Chrome66
from tests.plugins.site import Site, StartSite


def test_gallery_is_accessible_and_fits_both_widths(
    site: Site,
    page: Any,
    check_accessible: Callable[[Any], None],
    shoot: Callable[[Any, str], None],
) -> None:
    page.goto(site.url("marvigny.localhost", "/gallery/"))
    check_accessible(page)
    shoot(page, "gallery")


def test_gallery_reads_without_javascript(site: Site, new_page: Callable[..., Any]) -> None:
    page = new_page(javascript=False, width=360)
    page.goto(site.url("marvigny.localhost", "/gallery/"))
    assert page.locator("main").inner_text()


def test_chromium_66_opens_the_gallery(site: Site, chrome66: Chrome66) -> None:
    chrome66.goto(site.url("marvigny.localhost", "/gallery/"))
    assert "Chrome/66." in chrome66.script("navigator.userAgent")
    assert chrome66.text("main")


def test_static_files_say_how_long_they_keep(site: Site) -> None:
    status, headers, _ = site.request("marvigny.localhost", "/static/ui/icons.svg")
    assert status == 200
    assert headers["cache-control"] == "max-age=3600, public"
    assert headers["x-content-type-options"] == "nosniff"


def test_film_of_a_code_can_be_read(tmp_path: Path) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    from PIL import Image  # noqa: PLC0415

    header, _, frames = (
        film("https://marvigny.localhost/p/093351957", tmp_path / "x.y4m")
        .read_bytes()
        .partition(b"FRAME\n")
    )
    assert header.startswith(b"YUV4MPEG2 W640 H480")
    frame = Image.frombytes("L", (640, 480), frames[: 640 * 480])
    assert zxingcpp.read_barcode(frame).text == "https://marvigny.localhost/p/093351957"


def test_server_stops_when_asked(start_site: StartSite) -> None:
    started = start_site()
    assert started.stop() == 0
    assert "Traceback" not in started.log()


def test_server_starts_again_after_a_kill(start_site: StartSite) -> None:
    start_site().kill()
    status, _, _ = start_site().request("marvigny.localhost", "/static/ui/icons.svg")
    assert status == 200
