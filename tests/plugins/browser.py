"""Debian's Chromium, driven by Playwright's synchronous interface."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (360, 768, 1280)
SCREENSHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
_TIMEOUT_MS = 10_000

Page = Any
NewPage = Callable[..., Page]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Pictures are for people, and take a browser longer than the page itself."""
    parser.addoption("--pictures", action="store_true", help="keep pictures: var/screenshots/")


@pytest.fixture(scope="module")
def playwright() -> Iterator[Any]:
    """Playwright for one module: its event loop, while it runs, is in the way of other tests."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Any) -> Iterator[Any]:
    """A browser for one module; each test opens contexts of its own in it."""
    opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
    yield opened
    opened.close()


@pytest.fixture
def new_page(browser: Any) -> Iterator[NewPage]:
    """Open pages that share nothing: `new_page(javascript=False, width=360)`.

    The test fails at its end if a page raised an error or was refused something by its policy.
    """
    opened: list[tuple[Any, list[str]]] = []

    def open_page(*, javascript: bool = True, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            locale="fr-FR",
            timezone_id="Europe/Paris",
            **options,
        )
        context.set_default_timeout(_TIMEOUT_MS)
        faults: list[str] = []
        opened.append((context, faults))
        page = context.new_page()
        watch(page, faults)
        return page

    yield open_page
    for context, _ in opened:
        context.close()
    assert not [fault for _, faults in opened for fault in faults]


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One page, 1280 px wide, JavaScript on."""
    return new_page()


@pytest.fixture
def check_accessible() -> Callable[[Page], None]:
    """Fail on anything that axe finds in a page: every impact, the good practices too."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    axe = Axe()

    def check(page: Page) -> None:
        violations = axe.run(page).response["violations"]
        faults = [
            f"{found['impact']} {found['id']}: {node['html'][:160]}"
            for found in violations
            for node in found["nodes"]
        ]
        assert not faults, f"{page.url}\n" + "\n".join(faults)

    return check


@pytest.fixture
def shoot(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Fail when a page is wider than the window or holds an undefined variable.

    With `--pictures`, keep pictures of it as var/screenshots/<name>-<width>.png.
    """
    keep = request.config.getoption("--pictures")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str) -> None:
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if keep:
                page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{page.url}: {wide} px wide in a window of {width} px"
        page.set_viewport_size(before)
        assert "[[undefined" not in page.content()

    return take


def watch(page: Page, faults: list[str]) -> None:
    """Note uncaught errors and what the content security policy refused."""
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))

    def on_console(message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            faults.append(f"{page.url}: {message.text}")

    page.on("console", on_console)
