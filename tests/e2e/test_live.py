"""What somebody does in one browser shows in another within two seconds."""

import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

from tessere.domains.redemptions import services
from tessere.foundation.clock import now
from tests.domains.redemptions.stories import payment
from tests.e2e.beneficiary_pages import open_as_beneficiary, partner_qr_path
from tests.e2e.partner_pages import open_as
from tests.factories.world import World, make_world
from tests.plugins.site import Site, StartSite
from tests.portals.people import signed_in

pytestmark = pytest.mark.usefixtures("committing")

NewPage = Callable[..., Any]
WITHIN_MS = 2_000


def pay(world: World, cents: int) -> None:
    with world.inside():
        services.accept(actor=world.beneficiary, requests=[payment(world, cents)], now=now())


def heard(page: Any) -> list[str]:
    """What a screen reader was given to say since the page was opened."""
    said = page.locator("main > [role=status]").all_inner_texts()
    return sorted(" ".join(words.split()) for words in said if words.strip())


@pytest.mark.conformance("S1-70", "S1-74", "S1-153")
def test_a_payment_shows_on_both_sides_within_two_seconds(
    site: Site, new_page: NewPage, world: World
) -> None:
    counter, first, second = new_page(), new_page(width=360), new_page(width=360)
    open_as(counter, site, world, world.partner_email)
    for page in (second, first):
        open_as_beneficiary(page, site, world)
    first.goto(site.url(world.host, partner_qr_path(world)))
    first.get_by_label("Montant").fill("9")
    first.get_by_role("button", name="Vérifier").click()
    first.get_by_role("button", name="Payer").click()
    began = time.monotonic()
    first.wait_for_url("**/receipt/**")
    live = counter.locator("[data-live]", has_text="À rembourser")
    live.locator(".list").get_by_text("Lina BESNARD").wait_for(timeout=WITHIN_MS)
    assert "9,00" in live.locator(".figures").inner_text()
    second.locator(".use__total").get_by_text("91,00").wait_for(timeout=WITHIN_MS)
    assert time.monotonic() - began < WITHIN_MS / 1000
    assert heard(second) == ["Il reste 91,00 €"]
    counter.get_by_role("status").filter(has_text="Nouveautés, 1 non lue").wait_for()
    assert heard(counter) == ["Nouveautés, 1 non lue", "À rembourser 9,00 €"]


@pytest.mark.conformance("S1-74")
def test_a_grant_shows_on_an_open_page(site: Site, new_page: NewPage, world: World) -> None:
    page = new_page(width=360)
    open_as_beneficiary(page, site, world)
    page.locator(".use__total").get_by_text("100,00").wait_for()
    world.grant(2_500, purse_id=world.tennis_purse_id)
    page.locator(".use__total").get_by_text("125,00").wait_for(timeout=WITHIN_MS)


@pytest.mark.conformance("S1-70")
def test_an_open_list_says_what_it_lacks_and_keeps_what_was_picked(
    site: Site, new_page: NewPage, world: World, shoot: Callable[[Any, str], None]
) -> None:
    pay(world, 900)
    counter = new_page()
    open_as(counter, site, world, world.partner_email, "/partner/operations/")
    counter.locator("tbody .check").click()
    pay(world, 250)
    hint = counter.get_by_role("status").filter(has_text="1 opération est nouvelle ou a changé.")
    hint.wait_for(timeout=WITHIN_MS)
    shoot(counter, "operations-changed")
    hint.get_by_role("button", name="Actualiser la liste").click()
    counter.locator("tbody tr", has_text="2,50").wait_for()
    assert counter.locator("tbody tr").count() == 2
    assert "1" in counter.locator("[data-n]").inner_text()
    assert counter.locator("tbody tr", has_text="9,00").locator("input").is_checked()
    assert not hint.count()


@pytest.mark.conformance("S1-70")
def test_without_javascript_the_next_page_load_shows_it(
    site: Site, new_page: NewPage, world: World
) -> None:
    counter = new_page(javascript=False)
    open_as(counter, site, world, world.partner_email)
    pay(world, 900)
    assert "9,00" not in counter.locator(".figures").inner_text()
    counter.reload()
    assert "9,00" in counter.locator(".figures").inner_text()


class Stream:
    """An open stream, read from its socket."""

    def __init__(self, site: Site, world: World, email: str, path: str) -> None:
        cookies = signed_in(world, email, door=path.split("/")[1]).cookies.values()
        sent = "; ".join(f"{one.key}={one.value}" for one in cookies)
        self.socket = socket.create_connection(("127.0.0.1", site.port))
        headers = (f"Host: {world.host}:{site.port}", f"Cookie: {sent}", "", "")
        self.socket.sendall("\r\n".join((f"GET {path} HTTP/1.1", *headers)).encode())

    def read(self, seconds: float) -> str:
        """What comes within this time, or until the end."""
        read, end = b"", time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self.socket.settimeout(left)
            with suppress(TimeoutError):
                part = self.socket.recv(65536)
                if not part:
                    break
                read += part
        return read.decode()


@pytest.fixture
def stream(site: Site) -> Iterator[Callable[..., Stream]]:
    opened: list[Stream] = []

    def open_stream(world: World, email: str, path: str, at: Site = site) -> Stream:
        opened.append(Stream(at, world, email, path))
        return opened[-1]

    yield open_stream
    for each in opened:
        each.socket.close()


def test_other_structures_people_and_tenants_are_told_nothing(
    stream: Callable[..., Stream], world: World
) -> None:
    """Negative control: the same ears hear what is theirs."""
    stranger = make_world()
    ours = stream(world, world.cashier_email, "/partner/live/")
    others = [
        stream(stranger, stranger.partner_email, "/partner/live/"),
        stream(stranger, stranger.beneficiary_email, "/beneficiary/live/"),
    ]
    for each in (ours, *others):
        assert "event: changed" in each.read(1)
    pay(world, 900)
    assert "event: changed" in ours.read(2)
    assert [each.read(0.2) for each in others] == ["", ""]
    pay(stranger, 900)
    assert all("event: changed" in each.read(2) for each in others)
    assert ours.read(0.2) == ""


def test_a_server_that_stops_ends_its_streams_at_once(
    start_site: StartSite, stream: Callable[..., Stream], world: World
) -> None:
    own = start_site()
    ours = stream(world, world.partner_email, "/partner/live/", own)
    assert "event: changed" in ours.read(1)
    own.process.send_signal(signal.SIGTERM)
    began = time.monotonic()
    assert ours.read(5).endswith("0\r\n\r\n")
    assert time.monotonic() - began < 2
    assert own.stop() == 0


def test_who_signed_out_gets_no_stream(site: Site, world: World) -> None:
    client = signed_in(world, world.partner_email)
    cookie = "; ".join(f"{one.key}={one.value}" for one in client.cookies.values())
    client.post("/sign-out/")
    status, _headers, text = site.request(world.host, "/partner/live/", headers={"Cookie": cookie})
    assert status == 302
    assert text == ""
