"""A camera that shows a QR code, for Chromium's fake capture device."""

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.browser import CHROMIUM, FLAGS, watch

_WIDTH, _HEIGHT, _FRAMES = 640, 480, 24


def film(payload: str, path: Path) -> Path:
    """A grey video of a QR code that moves and turns, blurred and noisy like a phone's."""
    import segno  # noqa: PLC0415
    from PIL import Image, ImageFilter  # noqa: PLC0415

    drawn = io.BytesIO()
    segno.make(payload, error="m", micro=False).save(drawn, kind="png", scale=5, border=4)
    code = Image.open(drawn).convert("L").resize((250, 250))
    random.seed(payload)
    grain = Image.effect_noise((_WIDTH + _FRAMES, _HEIGHT), 18)
    with path.open("wb") as video:
        video.write(b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n" % (_WIDTH, _HEIGHT))
        for number in range(_FRAMES):
            turned = code.rotate(
                number - 12, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC
            )
            frame = Image.new("L", (_WIDTH, _HEIGHT), 150)
            frame.paste(turned, (150 + 3 * number, 80 + random.randint(0, 6)))
            frame = frame.filter(ImageFilter.GaussianBlur(0.8))
            shifted = grain.crop((number, 0, number + _WIDTH, _HEIGHT))
            frame = Image.blend(frame, shifted, 0.12)
            colours = bytes([128]) * (_WIDTH // 2 * _HEIGHT // 2) * 2
            video.write(b"FRAME\n" + frame.tobytes() + colours)
    return path


@pytest.fixture
def camera_page(playwright: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open a page whose camera shows a QR code: `camera_page("https://…")`.

    `allowed=False` makes the visitor refuse the camera.
    """
    browsers: list[Any] = []
    faults: list[str] = []

    def open_page(payload: str, *, origin: str = "", allowed: bool = True, **options: Any) -> Any:
        arguments = [*FLAGS, "--use-fake-device-for-media-stream"]
        if allowed:
            video = film(payload, tmp_path / f"camera-{len(browsers)}.y4m")
            arguments.append(f"--use-file-for-fake-video-capture={video}")
            arguments.append("--use-fake-ui-for-media-stream")
        if origin:
            # A camera is for secure pages; *.localhost is one only in recent browsers.
            arguments.append(f"--unsafely-treat-insecure-origin-as-secure={origin}")
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        browsers.append(opened)
        context = opened.new_context(
            locale="fr-FR", permissions=["camera"] if allowed else [], **options
        )
        page = context.new_page()
        watch(page, faults)
        return page

    yield open_page
    for each in browsers:
        each.close()
    assert not faults
