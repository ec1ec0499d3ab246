"""SIGKILL between two steps of an acceptance, then a retry with the same key: one redemption."""

import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tessere.domains.redemptions import queries
from tessere.foundation import clock
from tessere.foundation.codes import partner_code_check
from tests.factories.world import PASSWORD, World, make_world
from tests.invariants.test_races import check_books, make_voucher

LONGEST_REQUEST = 80


@dataclass
class Mortal:
    """A server that can be told when to die, and started again."""

    master: subprocess.Popen[str]
    host: str
    port: int = 0
    child: int = 0
    cookies: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        assert self.master.stdin and self.master.stdout
        self.master.stdin.write("start\n")
        self.master.stdin.flush()
        port, child = self.master.stdout.readline().split()
        self.port, self.child = int(port), int(child)

    def stop(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.child, signal.SIGKILL)

    def send(self, method: str, path: str, fields: dict[str, str] | None = None, die_at: int = 0):
        """Status, address of the redirect and text; None when the server died."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            "Host": f"{self.host}:{self.port}",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if die_at:
            headers["X-Die-At"] = str(die_at)
        try:
            connection.request(method, path, urlencode(fields) if fields else None, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (http.client.HTTPException, ConnectionError):
            return None
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, answer.headers.get("Location", ""), text

    def fields(self, path: str, action: str = "") -> dict[str, str]:
        """The hidden fields of the form that posts to `action` on a page."""
        _, _, text = self.send("GET", path)
        forms = re.findall(r"<form\b.*?</form>", text, re.DOTALL)
        form = next(one for one in forms if f'action="{action}' in one or not action)
        found = {}
        for tag in re.findall(r'<input\b[^>]*type="hidden"[^>]*>', form):
            name = re.search(r'name="([^"]+)"', tag)
            value = re.search(r'value="([^"]*)"', tag)
            if name:
                found[name[1]] = value[1] if value else ""
        return found


@pytest.fixture
def mortal(committing: None) -> Iterator[Mortal]:
    master = subprocess.Popen(
        [sys.executable, "-m", "tests.invariants.crashing_server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    server = Mortal(master=master, host="")
    yield server
    server.stop()
    assert master.stdin and master.stdout
    master.stdin.close()
    master.stdout.close()
    master.wait(10)


def sign_in(server: Mortal, path: str, email: str) -> None:
    fields = server.fields(path)
    status, _, text = server.send("POST", path, fields | {"email": email, "password": PASSWORD})
    assert status in {302, 303}, text


def redemptions_of(world: World) -> list:
    with world.inside():
        page = queries.redemptions_of_partner(partner_id=world.partner_id, page=1, size=50)
    return page.rows


def kill_at_every_step(
    server: Mortal, world: World, path: str, make_request: Callable[[], dict[str, str]]
) -> int:
    """Send a fresh request for each step, die there, send it again; gives how often it died."""
    deaths = 0
    for step in range(1, LONGEST_REQUEST):
        request = make_request() | {"key": str(uuid4())}
        before = len(redemptions_of(world))
        answer = server.send("POST", path, request, die_at=step)
        if answer is None:
            deaths += 1
            check_books(world)
            server.start()
            answer = server.send("POST", path, request)
        assert answer is not None and answer[0] == 303, answer
        again = server.send("POST", path, request)
        assert again is not None and again[1] == answer[1]
        assert len(redemptions_of(world)) == before + 1
        check_books(world)
        if deaths < step:
            break
    return deaths


def test_killed_at_every_step_of_accepting_a_bon(mortal: Mortal) -> None:
    world = make_world()
    mortal.host = world.host
    mortal.start()
    sign_in(mortal, "/sign-in/partner/", world.partner_email)
    fields = mortal.fields("/partner/", action="/partner/accept/")

    def request() -> dict[str, str]:
        return fields | {"number": make_voucher(world, 10, now=clock.now())}

    deaths = kill_at_every_step(mortal, world, "/partner/accept/", request)
    # Ten statements of the acceptance, and what stands around them: no step was left out.
    assert 12 <= deaths < LONGEST_REQUEST - 2
    assert world.purse().held_cents == 0
    assert world.purse().spent_cents == 10 * (deaths + 1)


def test_killed_at_every_step_of_a_payment(mortal: Mortal) -> None:
    world = make_world()
    mortal.host = world.host
    mortal.start()
    sign_in(mortal, "/sign-in/beneficiary/", world.beneficiary_email)
    check = partner_code_check(world.partner_code)
    path = f"/beneficiary/pay/qr/{world.partner_code}/{check}/confirm/"
    agreed = {"purse": str(world.theatre_purse_id), "amount": "0,10"}
    page = f"{path}?{urlencode(agreed | {'key': str(uuid4())})}"
    fields = mortal.fields(page, action=path)
    assert agreed.items() <= fields.items()

    deaths = kill_at_every_step(mortal, world, path, lambda: fields)
    # Eight statements of the acceptance, and what stands around them.
    assert 10 <= deaths < LONGEST_REQUEST - 2
    assert world.purse().spent_cents == 10 * (deaths + 1)
