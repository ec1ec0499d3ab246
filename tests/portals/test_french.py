"""The interface is French, whole, and typeset as French is."""

import html
import re
from typing import Any
from uuid import uuid4

import pytest

from tessere.domains.redemptions import services as redemptions
from tests.factories.world import NOON, World
from tests.journeys.pages import everybody, known
from tests.portals.partner.stories import accept, make_voucher, pay
from tests.portals.people import sign_in, signed_in, visitor

pytestmark = pytest.mark.django_db
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
    is_part = "<html" not in page
    return wrong if is_part or '<html lang="fr"' in page else ["lang", *wrong]


@pytest.mark.conformance("S1-152")
def test_every_page_is_french(world: World) -> None:
    """All addresses of the three portals, then the pages that only a question in them brings."""
    number, voucher = pay(world, 900), make_voucher(world)
    cancelled = pay(world, 300)
    with world.inside():
        redemptions.cancel(actor=world.partner, key=uuid4(), number=cancelled, now=NOON)
    values = known(world, number=number, voucher=voucher)
    answers = [client.get(path, follow=True) for client, path in everybody(world, values)]
    partner = signed_in(world, world.partner_email)
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    order = {"key": uuid4(), "purse": world.theatre_purse_id, "amount": "9"}
    paying = f"/beneficiary/pay/qr/{values['code']}/{values['check']}/confirm/"
    creating = "/beneficiary/vouchers/new/"
    answers += [
        visitor(world).get("/nowhere/"),
        partner.get("/partner/operations/?number=ABC"),
        partner.get(f"/partner/operations/{cancelled}/"),
        lina.get(f"/beneficiary/receipt/{cancelled}/"),
        lina.get(paying, order),
        lina.get(paying, {**order, "amount": "400"}),
        lina.get(creating, {"purse": world.theatre_purse_id}),
        lina.get(creating, {**order, "partner": world.partner_id}),
        partner.get(f"/beneficiary/p/{values['code']}/{values['check']}/"),
        lina.get(f"/partner/voucher/{voucher}/{values['proof']}/"),
    ]
    pages = [answer for answer in answers if answer["Content-Type"].startswith("text/html")]
    portals = {answer.wsgi_request.path.split("/")[1] for answer in pages}
    assert {"partner", "beneficiary", "register"} <= portals and len(pages) > 50
    found = {answer.wsgi_request.get_full_path(): faults(answer) for answer in pages}
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
