"""Each tenant shows its own brand wherever it is read, and never another's."""

import io
import re
from typing import Any

import pypdf
import pytest
import time_machine
from django.core import mail as sent_mails

from tessere.adapters.mail import Mailer
from tessere.domains.notifications.services import deliver
from tessere.domains.notifications.types import Delivery
from tests.factories.world import NOON, World, make_world
from tests.journeys.pages import everybody, known
from tests.portals.partner.stories import make_voucher, pay

pytestmark = pytest.mark.django_db
NAMED = {"text/html", "application/pdf", "application/manifest+json"}


def brand(world: World, *, name: str, authority: str, slogan: str) -> tuple[str, ...]:
    """Give the tenant its brand; gives the words that are its own."""
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><title>{name}</title></svg>'
    digest = world.brand(logo=drawing.encode(), name=name, authority=authority, slogan=slogan)
    return name, authority, slogan, digest, world.host


def text_of(answer: Any) -> str:
    if answer["Content-Type"] == "application/pdf":
        found = pypdf.PdfReader(io.BytesIO(answer.content))
        text = "".join(page.extract_text() for page in found.pages) + str(found.metadata)
    else:
        text = answer.content.decode()
    return re.sub(r"\s+", " ", text)


def everything_of(world: World, pages_of: Any) -> dict[str, str]:
    """All that a tenant shows: pages, documents, the manifest, mails; by address or subject."""
    found = {}
    for client, path in everybody(world, pages_of):
        answer = client.get(path)
        if answer.status_code == 200 and answer["Content-Type"].partition(";")[0] in NAMED:
            found[path] = text_of(answer)
    sent_mails.outbox.clear()
    with world.inside(), Mailer() as mailer:
        while deliver(actor=world.platform, host=world.host, mailer=mailer, now=NOON) is (
            Delivery.SENT
        ):
            pass
    for mail in sent_mails.outbox:
        found[f"mail to {mail.to}"] = f"{mail.subject} {mail.from_email} {mail.body}"
    return found


@time_machine.travel(NOON, tick=False)
@pytest.mark.conformance("S1-01")
def test_everything_carries_its_own_brand_and_nothing_of_the_neighbour() -> None:
    colline, solidaire = make_world(), make_world()
    own = {
        colline.tenant_id: brand(
            colline, name="Pass Colline", authority="Ville de Valbrune", slogan="Sortir et jouer"
        ),
        solidaire.tenant_id: brand(
            solidaire,
            name="P@SS SOLIDAIRE",
            authority="Fontenay-sous-Bois",
            slogan="Le pass de tous",
        ),
    }
    for world, other in ((colline, solidaire), (solidaire, colline)):
        facts = known(world, number=pay(world), voucher=make_voucher(world, now=NOON))
        found = everything_of(world, facts)
        name, authority, slogan, logo, _host = own[world.tenant_id]
        for path in ("/", "/sign-in/partner/", "/sign-in/beneficiary/", "/partner/"):
            assert name in found[path] and authority in found[path] and logo in found[path], path
        assert slogan in found["/"] and slogan in found["/app.webmanifest"]
        assert name in found["/app.webmanifest"]
        documents = [path for path in found if path.endswith((".pdf", "/print/"))]
        mails = [path for path in found if path.startswith("mail to ")]
        assert len(documents) == 3 and len(mails) == 2
        for each in (*documents, *mails):
            assert name in found[each], each
        for path, text in found.items():
            assert not [word for word in own[other.tenant_id] if word in text], path
        assert len(found) >= 40
