"""The main job in every browser that can be had: the oldest Chromium, and today's engines."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest

from tessere.domains.redemptions import services
from tessere.foundation.clock import now
from tests.domains.redemptions.stories import payment
from tests.factories.world import PASSWORD, World
from tests.plugins.browser import SCREENSHOTS
from tests.plugins.chromium import Chrome66, Chromium
from tests.plugins.firefox import Firefox
from tests.plugins.site import Site
from tests.plugins.webkitgtk import WebKitGTK
from tests.plugins.window import ENTER, TAB, Window

pytestmark = pytest.mark.usefixtures("committing")

BROWSERS: dict[str, Callable[[], Window]] = {
    "chromium": Chromium,
    "chromium-66": Chrome66,
    "firefox": Firefox,
    "webkitgtk": WebKitGTK,
}
PHONE, DESK = (360, 740), (1280, 1150)
SUBMIT = "main form button[type=submit]"
A4 = (595, 842)
# By then, what was typed last is drawn.
NEXT_FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Album:
    """Pictures of one browser, in var/screenshots/<browser>-<name>.png."""

    def __init__(self, browser: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self._browser = browser

    def path(self, name: str) -> Path:
        """Where a picture goes."""
        return SCREENSHOTS / f"{self._browser}-{name}.png"

    def keep(self, window: Window, name: str) -> None:
        """Nothing may be wider than the window."""
        assert window.script("document.documentElement.scrollWidth <= innerWidth"), name
        window.script(NEXT_FRAME)
        self.path(name).write_bytes(window.picture())


@pytest.fixture(scope="module", params=BROWSERS)
def browser_window(request: pytest.FixtureRequest) -> Iterator[Window]:
    """One window of each browser for all stories, as a browser takes seconds to start."""
    with BROWSERS[request.param]() as opened:
        yield opened


@pytest.fixture
def window(browser_window: Window) -> Iterator[Window]:
    """The test fails at its end if a page raised an error."""
    known = len(browser_window.errors())
    yield browser_window
    assert not browser_window.errors()[known:]


@pytest.fixture
def album(request: pytest.FixtureRequest) -> Album:
    """The pictures of the browser that the test runs in."""
    return Album(request.node.callspec.params["browser_window"])


def enter(window: Window, selector: str, keys: str) -> None:
    """Without a mouse: the keys are real ones."""
    window.script(f"document.querySelector('{selector}').focus()")
    window.press(keys)
    window.during_load(lambda: window.press(ENTER))


def sign_in(window: Window, url: str, email: str) -> None:
    """Open a page, by the form that stands before it."""
    window.goto(url)
    enter(window, "#id_email", email + TAB + PASSWORD)
    assert window.script("location.href") == url


def sheets(pdf: bytes, picture: Path) -> list[str]:
    """What each page of a PDF says, with one kind of space; a picture of the first is kept."""
    with pypdfium2.PdfDocument(pdf) as pages:
        pages[0].render(scale=1.5).to_pil().save(picture)
        for page in pages:
            assert page.get_size() == pytest.approx(A4, abs=1)
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pages]


def test_errors_and_refusals_of_a_page_are_heard(
    site: Site, browser_window: Window, world: World
) -> None:
    """Negative control: the stories below are told in pages that raise no error."""
    browser_window.goto(site.url(world.host))
    known = len(browser_window.errors())
    browser_window.script("setTimeout(() => { throw new Error('a mistake') })")
    browser_window.script(
        "document.body.appendChild(document.createElement('script')).textContent = 'left = 1'"
    )
    for sign in ("a mistake", "Content.Security.Policy"):
        while not any(re.search(sign, one) for one in browser_window.errors()[known:]):
            assert browser_window.script("performance.now()") < 10_000, sign


@pytest.mark.conformance("S2-41")
def test_a_beneficiary_pays_and_prints_the_receipt(
    site: Site, window: Window, world: World, album: Album
) -> None:
    window.resize(*PHONE)
    sign_in(window, site.url(world.host, "/beneficiary/"), world.beneficiary_email)
    assert "Lina" in window.text("h1")
    album.keep(window, "pass")
    window.click("main a.btn--main", loads=True)
    enter(window, "#id_code", "093 351 957")
    window.fill("#id_amount", "9,50")
    album.keep(window, "amount")
    window.click(SUBMIT, loads=True)
    album.keep(window, "confirm")
    window.click(SUBMIT, loads=True)
    assert "Payé" in window.text("h1")
    album.keep(window, "receipt")
    assert world.purse().spent_cents == 950
    [sheet] = sheets(window.printed(), album.path("receipt-paper"))
    # Figures of equal width are drawn on paper, but not every browser writes their text beside.
    for words in ("Payé", "Compagnie des Trois-Ponts", "Lina BESNARD", "Il reste 90,50 €"):
        assert words in sheet, sheet
    assert "l’heure avance" not in sheet
    window.goto(site.url(world.host, "/beneficiary/"))
    assert "90,50" in window.text(".use__total")


@pytest.mark.conformance("S2-41")
def test_a_bon_is_made_printed_and_accepted(
    site: Site, window: Window, world: World, album: Album
) -> None:
    window.resize(*PHONE)
    sign_in(window, site.url(world.host, "/beneficiary/vouchers/new/"), world.beneficiary_email)
    window.click(SUBMIT, loads=True)
    window.fill("#id_partner", str(world.partner_id))
    window.click(SUBMIT, loads=True)
    window.fill("#id_amount", "12,50")
    window.click(SUBMIT, loads=True)
    album.keep(window, "bon")
    number = "".join(window.text("main .code--l").split())
    pdf = window.download(window.script("document.querySelector('.qr-row a').href"))
    [sheet] = sheets(pdf, album.path("bon-paper"))
    assert number in sheet.replace(" ", "")
    assert "Lina BESNARD" in sheet
    window.click("form[action='/sign-out/'] button", loads=True)

    window.resize(*DESK)
    sign_in(window, site.url(world.host, "/partner/"), world.partner_email)
    album.keep(window, "accueil")
    enter(window, "#id_number", number.lower())
    assert "Opération validée" in window.text("h1")
    album.keep(window, "accepted")
    window.goto(site.url(world.host, "/partner/operations/"))
    [row] = window.script("[...document.querySelectorAll('.ops tbody tr')].map(r => r.innerText)")
    assert "Lina BESNARD" in row and "12,50" in row
    album.keep(window, "operations")
    assert (world.purse().spent_cents, world.purse().held_cents) == (1_250, 0)


@pytest.mark.conformance("S2-41")
def test_a_payment_shows_on_the_counter_by_itself(
    site: Site, window: Window, world: World, album: Album
) -> None:
    window.resize(*DESK)
    sign_in(window, site.url(world.host, "/partner/"), world.partner_email)
    assert "BESNARD" not in window.text("main")
    with world.inside():
        services.accept(actor=world.beneficiary, requests=[payment(world, 900)], now=now())
    window.wait_for("document.querySelector('main').innerText.includes('BESNARD')", seconds=4)
    album.keep(window, "live")
