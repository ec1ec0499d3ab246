"""Requests that no page of ours sends: another host, no token, too much, nonsense, NUL."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client

from tests.factories.world import NOON, PASSWORD, World, make_world
from tests.journeys.pages import everybody, known
from tests.portals.partner.stories import make_voucher, pay
from tests.portals.people import read, sign_in, signed_in, visitor

pytestmark = pytest.mark.django_db

NONSENSE = ("a\0b", "x" * 10_000, "\ud7ff\uffff\u202e", "-1", "9" * 20, "1\r\n2")


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def registration() -> dict[str, str]:
    return {
        "legal_name": "Librairie du Quai",
        "siret": "912 345 675 00017",
        "street": "3, quai des Bateliers",
        "postcode": "99210",
        "town": "Marvigny",
        "first_name": "Noé",
        "last_name": "Arnal",
        "email": "noe@librairie.example",
    }


def all_rows(world: World) -> dict[str, Any]:
    """A fingerprint of every table."""
    tables = [
        model._meta.db_table for model in apps.get_models() if model.__module__[:7] == "tessere"
    ]
    with world.inside(), connection.cursor() as cursor:
        rows = {}
        for table in tables:
            cursor.execute(f"SELECT count(*), sum(hashtext(t::text)) FROM {table} t")
            rows[table] = cursor.fetchone()
    return rows


def test_no_get_writes_anything(world: World) -> None:
    pages = list(everybody(world, known(world, number=pay(world), voucher=make_voucher(world))))
    before = all_rows(world)
    assert before["passes_purse"][0] == 2 and before["identity_session"][0] == 2
    for client, path in pages:
        assert client.get(path).status_code < 500
        assert all_rows(world) == before, path


def test_our_cookie_opens_nothing_on_another_host(world: World) -> None:
    client = signed_in(world, world.partner_email)
    ours = f"session={client.cookies['session'].value}"
    stranger = Client(HTTP_HOST=make_world().host, HTTP_COOKIE=ours)
    answer = stranger.get("/partner/")
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/partner/")
    assert stranger.get("/partner/", HTTP_HOST="nowhere.example").status_code == 404
    assert client.get("/partner/").status_code == 200


def test_a_post_without_its_token_gets_a_french_page(world: World) -> None:
    client = Client(HTTP_HOST=world.host, enforce_csrf_checks=True)
    for path in ("/sign-in/partner/", "/register/", "/partner/accept/", "/beneficiary/pay/"):
        answer = client.post(path, {"number": "x"})
        words = read(answer)
        assert answer.status_code == 403 and "TES-04" in words
        assert "Rien n’a été enregistré." in words and "rechargez la page" in words


@pytest.mark.parametrize("value", NONSENSE)
def test_no_field_of_a_form_makes_a_page_fail(world: World, value: str) -> None:
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    counter, number, bon = signed_in(world, world.partner_email), pay(world), make_voucher(world)
    order = {"key": str(uuid4()), "purse": str(world.theatre_purse_id), "amount": "9"}
    to_partner = order | {"partner": str(world.partner_id)}
    confirm = f"/beneficiary/pay/qr/{known(world, number=number, voucher=bon)['code']}/XX/confirm/"
    words = {"current": PASSWORD, "password": "Une-phrase-2026", "again": "Une-phrase-2026"}
    entry = {"key": str(uuid4()), "email": "a@b.example", "password": "x", "suite": "/"}
    forms = (
        (visitor(world), "/sign-in/partner/", entry),
        (visitor(world), "/register/", registration()),
        (visitor(world), "/password/forgotten/", {"email": "a@b.example"}),
        (lina, "/beneficiary/pay/", {"code": world.partner_code, "purse": order["purse"]}),
        (lina, confirm, order),
        (lina, "/beneficiary/vouchers/new/", to_partner),
        (lina, f"/beneficiary/vouchers/{bon}/cancel/", {"key": order["key"]}),
        (counter, "/partner/accept/", {"key": order["key"], "number": bon, "proof": "ABCDEF"}),
        (counter, f"/partner/operations/{number}/cancel/", {"key": order["key"]}),
        (counter, "/partner/notices/seen/", {"until": NOON.isoformat()}),
        (counter, "/password/change/", words),
    )
    for client, path, good in forms:
        for name in good:
            for send in (client.post, client.get):
                answer = send(path, good | {name: value})
                assert answer.status_code < 500, (path, name)


@pytest.mark.parametrize("value", [*NONSENSE, "0", "abc", "²", "9" * 5_000])
def test_lists_forgive_any_page_and_size(world: World, value: str) -> None:
    pay(world)
    counter = signed_in(world, world.partner_email)
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    for client, path in ((counter, "/partner/operations/"), (lina, "/beneficiary/history/")):
        for query in ({"page": value}, {"par": value}, {"page": value, "par": value}):
            answer = client.get(path, query)
            assert answer.status_code == 200 and "9,00 €" in read(answer), (path, query)


def test_too_much_is_refused_in_words(world: World) -> None:
    client = signed_in(world, world.partner_email)
    many = {f"field{index}": "1" for index in range(600)}
    form = "application/x-www-form-urlencoded"
    for answer in (
        client.post("/partner/accept/", many),
        client.get("/partner/operations/", many),
        client.post("/partner/accept/", "number=" + "x" * 3_000_000, content_type=form),
        client.post("/partner/accept/", "x", content_type="multipart/form-data; boundary="),
        client.post("/partner/accept/", "number=x", content_type=f"{form}; charset=utf-16"),
    ):
        assert answer.status_code == 400
        assert "Rien n’a été enregistré." in read(answer)


@pytest.mark.parametrize(
    "suite",
    [
        "//evil.example",
        "https://evil.example/partner/",
        "///evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/partner/\r\nSet-Cookie: x=1",
        "/partner/" + "x" * 20_000,
        "/beneficiary/",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(world: World, suite: str) -> None:
    answer = sign_in(visitor(world), world.partner_email, suite=suite)
    assert answer.status_code == 303 and answer["Location"].startswith("/partner/")
    assert "\n" not in answer["Location"]


@pytest.mark.parametrize("cookie", ['"\\000aaaaaaaaaaaa"', "x" * 4_000, "' OR 1=1", "é" * 32])
def test_a_forged_cookie_is_no_session(world: World, cookie: str) -> None:
    client = Client(HTTP_HOST=world.host)
    everything = f"session={cookie}; csrf={cookie}; messages={cookie}"
    assert client.get("/", HTTP_COOKIE=everything).status_code == 200
    assert client.get("/partner/", HTTP_COOKIE=everything).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("postcode", "99210\n", 303),
        ("postcode", " 99210 ", 303),
        ("postcode", "٩٩٢١٠", 400),
        ("legal_name", "Librairie\r\nBcc: x@y.example", 303),
        ("legal_name", "\u2028", 400),
        ("siret", "٩١٢٣٤٥٦٧٥٠٠٠١٧", 400),
        ("email", "İ" * 240 + "@b.example", 400),
        ("email", '"<script>"@b.example', 303),
        ("email", "a@b.example\r\nBcc: x@y.example", 400),
    ],
)
def test_what_a_structure_says_of_itself(world: World, field: str, value: str, status: int) -> None:
    answer = visitor(world).post("/register/", registration() | {field: value})
    assert answer.status_code == status, read(answer)


@pytest.mark.parametrize("host", ["a b", "<script>", "[::1", "é.localhost", "x" * 3_000, ".."])
def test_a_host_that_is_none(host: str) -> None:
    answer = Client().get("/", HTTP_HOST=host)
    assert answer.status_code in {400, 404} and "<script>" not in answer.content.decode()
