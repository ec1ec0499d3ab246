"""Formulas, markup and placeholders in every name: shown as they are, nowhere carried out."""

import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import uuid4

import pypdf
import pytest
import time_machine
from django.core import mail as sent_mails

from tessere.adapters.mail import Mailer
from tessere.domains.beneficiaries.models import Beneficiary
from tessere.domains.branding.models import ContactPoint
from tessere.domains.identity.models import User
from tessere.domains.notifications.services import deliver
from tessere.domains.notifications.types import Delivery
from tessere.domains.partners import steps as partners
from tessere.domains.partners.models import Partner
from tessere.domains.partners.types import PartnerStatus
from tessere.domains.programmes.models import Benefit, Programme, Theme, Vintage
from tessere.domains.redemptions import services as redemptions
from tessere.domains.redemptions.models import Redemption
from tessere.domains.tenants.models import Authority
from tests.factories.world import NOON, World, make_world
from tests.journeys.pages import everybody, known
from tests.portals.partner.stories import accept, make_voucher, pay
from tests.portals.people import signed_in

pytestmark = pytest.mark.django_db

MARKUP = "<script>alert(1)</script>\"'><b onclick=x>&amp;"
HOSTILE = (
    MARKUP,
    "=cmd|' /C calc'!A0",
    "\t@SUM(1)\r\nBcc: x@y.example",
    "-1+1 {{ 7|add:7 }} %(partner)s %s {% now %}",
)


class Found(HTMLParser):
    """Whatever in a page a browser would carry out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.harm: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        inline = tag == "script" and "src" not in values
        handlers = [name for name in values if name.startswith("on") or name == "style"]
        schemes = [values[name] for name in ("href", "src", "action") if name in values]
        if inline or handlers or any("script:" in scheme.lower() for scheme in schemes):
            self.harm.append(self.get_starttag_text() or tag)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def named(text: str) -> World:
    """A tenant in which every name is this text."""
    world = make_world()
    with world.inside():
        Authority.objects.update(name=text)
        Programme.objects.update(name=text)
        Vintage.objects.update(label=text[:20])
        Theme.objects.filter(name="Culture").update(name=text)
        Benefit.objects.filter(pk=world.theatre_id).update(name=text)
        Beneficiary.objects.update(first_name=text, last_name=text)
        User.objects.update(first_name=text, last_name=text)
        ContactPoint.objects.update(
            name=text, address=text, hours_text=text, opening=[], phones=[text]
        )
        Partner.objects.update(
            legal_name=text,
            trade_name=text,
            phone=text[:20],
            website=f"javascript:alert(1)//{text}",
            head_office_street=text,
            head_office_complement=text,
            head_office_town=text,
        )
        partners.set_bank_account(
            partner_id=world.partner_id,
            holder_name=text,
            bank_name=text,
            iban="FR7630006000011234567890189",
            bic="AGRIFRPP",
        )
    world.brand(name=text, authority=text, slogan=text)
    return world


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()


def check_page(answer: Any) -> None:
    path = answer.wsgi_request.path
    assert answer.status_code < 500, path
    if answer["Content-Type"].startswith("text/html"):
        page = answer.content.decode()
        assert not Found(page).harm, (path, Found(page).harm)
        assert "<script>alert" not in page and "<b onclick" not in page, path


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_shown_and_never_carried_out(text: str, settings: Any, tmp_path: Path) -> None:
    world = named(text)
    number, voucher = pay(world), make_voucher(world)
    with world.inside():
        Redemption.objects.update(partner_reference=text)
        redemptions.cancel(actor=world.partner, key=uuid4(), number=pay(world), now=NOON)
    send_mails(world)
    check_mails(world, text)
    settings.EMAIL_BACKEND = "tessere.adapters.inbox.InboxBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    pay(world)
    send_mails(world)
    opened = 0
    for client, path in everybody(world, known(world, number=number, voucher=voucher)):
        answer = client.get(path)
        check_page(answer)
        opened += answer.status_code == 200
        if answer["Content-Type"] == "application/pdf":
            check_pdf(answer.content, text)
    assert opened >= 25
    check_refusals(world, voucher)


def send_mails(world: World) -> None:
    with world.inside(), Mailer() as mailer:
        turn = Delivery.SENT
        while turn is Delivery.SENT:
            turn = deliver(actor=world.platform, host=world.host, mailer=mailer, now=NOON)
        assert turn is Delivery.NOTHING_DUE


def check_mails(world: World, text: str) -> None:
    assert len(sent_mails.outbox) == 6
    for mail in sent_mails.outbox:
        headers = mail.message()
        assert headers["Bcc"] is None and len(mail.recipients()) == 1
        assert not re.search(r"[\r\n\t]", mail.subject + mail.from_email)
        assert squeezed(text) in squeezed(mail.body)
        assert headers.get_content_type() == "text/plain"


def check_pdf(content: bytes, text: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(content))
    sheet = squeezed("".join(page.extract_text() for page in reader.pages))
    assert squeezed(text) in sheet
    assert "/JavaScript" not in str(reader.trailer["/Root"]) and b"/Launch" not in content


def check_refusals(world: World, voucher: str) -> None:
    counter = signed_in(world, world.partner_email)
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    order = {"key": str(uuid4()), "purse": world.theatre_purse_id, "amount": "9999"}
    bon = "/beneficiary/vouchers/new/"
    check_page(lina.post(bon, order | {"partner": world.partner_id}))
    check_page(lina.post(bon, order | {"partner": world.other_partner_id}))
    with world.inside():
        partners.set_status(partner_id=world.partner_id, status=PartnerStatus.SUSPENDED)
    check_page(accept(counter, voucher))
    check_page(accept(counter, MARKUP))
    check_page(lina.post("/beneficiary/pay/", {"code": world.partner_code}))
    check_page(lina.post("/beneficiary/pay/", {"code": MARKUP[:40]}))
