"""The interface is French, whole, and typeset as French is."""

import html
import re
from typing import Any

import pytest

from tests.factories.world import World
from tests.portals.partner.stories import accept, make_voucher, pay
from tests.portals.people import sign_in, signed_in, visitor

pytestmark = pytest.mark.django_db
PUBLIC = (
    "/",
    "/sign-in/partner/",
    "/sign-in/beneficiary/",
    "/password/forgotten/",
    "/password/sent/",
    "/password/reset/1/x-y/",
    "/register/",
    "/register/done/",
    "/inbox/",
    "/nowhere/",
)
PARTNER = (
    "",
    "operations/",
    "reimbursements/",
    "agreements/",
    "structure/",
    "exports/",
)
_ASCII_SPACE = re.compile(r"[\w’»)] [;:?!»](?=\s|$)|« ")
_STRAIGHT = re.compile(r"[A-Za-zéèà]'[a-zéèêh]")
_BEFORE_SIGN = re.compile(r"\d €|[nN]° ")
_ENGLISH = re.compile(
    r"\b(the|this field|required|enter|invalid|please|submit|password must|not found)\b", re.I
)


def faults(answer: Any) -> list[str]:
    page = answer.content.decode()
    shown = re.sub(r"<(script|style|svg|head)\b.*?</\1>", "\n", page, flags=re.S)
    texts = [html.unescape(text).strip() for text in re.split(r"<[^>]+>|\n", shown)]
    wrong = [
        text
        for text in texts
        for pattern in (_ASCII_SPACE, _STRAIGHT, _BEFORE_SIGN, _ENGLISH)
        if pattern.search(text)
    ]
    return wrong if '<html lang="fr">' in page else ["lang", *wrong]


@pytest.mark.conformance("S1-152")
def test_every_page_is_french(world: World) -> None:
    number = pay(world, 900)
    client = signed_in(world, world.partner_email)
    answers = [visitor(world).get(path) for path in PUBLIC]
    answers += [client.get(f"/partner/{path}") for path in PARTNER]
    answers += [
        client.get(path)
        for path in (
            f"/partner/operations/{number}/",
            f"/partner/operations/{number}/cancel/",
            f"/partner/accepted/{number}/",
            "/partner/operations/2DZHB6P2K/",
            "/password/change/",
        )
    ]
    found = {answer.wsgi_request.path: faults(answer) for answer in answers}
    assert not {path: wrong for path, wrong in found.items() if wrong}


@pytest.mark.conformance("S1-152")
def test_every_refusal_is_french(world: World) -> None:
    client = signed_in(world, world.partner_email)
    bon = make_voucher(world)
    accept(client, bon)
    key = {"key": "not-a-key"}
    answers = [
        accept(client, bon),
        accept(client, ""),
        accept(client, "ABC"),
        accept(client, "2DZHB6P2X", **key),
        visitor(world).post("/register/", {"email": ""}),
        visitor(world).post("/register/", {"email": "x", "postcode": "x", "siret": "1"}),
        visitor(world).post("/password/forgotten/", {"email": "x"}),
        visitor(world).post("/sign-in/partner/", {"email": ""}),
        client.post("/password/change/", {"current": "x", "password": "a", "again": "b"}),
        signed_in(world, world.cashier_email).get("/partner/structure/"),
    ]
    answers += [sign_in(visitor(world), world.partner_email, "wrong") for _ in range(8)]
    found = {f"{a.wsgi_request.path} {a.status_code}": faults(a) for a in answers}
    assert not {where: wrong for where, wrong in found.items() if wrong}
