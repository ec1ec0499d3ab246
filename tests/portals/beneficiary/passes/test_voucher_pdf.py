"""The bon on paper: every mention of the guide, for eyes, for screen readers and for scanners."""

import io
import re
import socket
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pypdf
import pypdfium2
import pytest
import zxingcpp
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from PIL import Image

from tessere.adapters.pdf import ForeignFile, render_pdf
from tessere.domains.beneficiaries import steps as beneficiaries
from tessere.domains.beneficiaries.models import Beneficiary
from tessere.domains.beneficiaries.types import Relation
from tessere.domains.identity import steps as identity
from tessere.domains.partners.models import Partner
from tessere.domains.passes import queries, services
from tessere.domains.passes import steps as passes
from tessere.domains.programmes.models import Vintage
from tessere.foundation import codes
from tessere.foundation.actor import Actor
from tests.factories.world import NOON, PASSWORD, World
from tests.portals.paper import elements_of, pictures_of
from tests.portals.people import signed_in

pytestmark = pytest.mark.django_db


def make_voucher(
    world: World,
    cents: int = 900,
    *,
    now: datetime = NOON,
    purse_id: int = 0,
    actor: Actor | None = None,
) -> str:
    with world.inside():
        return services.create_voucher(
            actor=actor or world.beneficiary,
            key=uuid4(),
            purse_id=purse_id or world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=cents,
            now=now,
        )


def printed(client: Client, number: str) -> bytes:
    answer = client.get(f"/beneficiary/vouchers/{number}/print/")
    assert answer.status_code == 200, answer.status_code
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="bon-{number}.pdf"'
    return answer.content


def text_of(pdf: bytes) -> str:
    """The text of the sheet with one kind of space, and numbers in one piece."""
    [page] = pypdf.PdfReader(io.BytesIO(pdf)).pages
    text = re.sub(r"\s+", " ", page.extract_text())
    return re.sub(r"\b([0-9A-Z]{3}) ([0-9A-Z]{3}) ([0-9A-Z]{3})\b", r"\1\2\3", text)


def picture_of(pdf: bytes, *, dpi: int = 150) -> Image.Image:
    return pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72).to_pil()


@pytest.mark.conformance("S1-87", "S1-91", "S1-92")
def test_every_mention_of_the_guide_is_on_the_sheet(world: World, lina: Client) -> None:
    number = make_voucher(world)
    assert codes.read_number(number) == number
    text = text_of(printed(lina, number))
    for mention in (
        world.host.partition(".")[0],
        "Lina BESNARD",
        "Edité le : 16 juin 2026",
        "Millésime : 2026",
        f"N° {number}",
        "Valeur : 9 €",
        "Avantage : Théâtre",
        "Partenaire : Compagnie des Trois-Ponts",
        "12, rue des Lavandières",
        "99210 Marvigny",
        "À utiliser jusqu’au : 16 juillet 2026",
    ):
        assert mention in text, (mention, text)
    assert re.search(rf"Bon d’échange : N° {number}", text)


@pytest.mark.conformance("S1-91")
def test_cents_are_shown_when_there_are_some(world: World, lina: Client) -> None:
    number = make_voucher(world, 1_250)
    assert "Valeur : 12,50 €" in text_of(printed(lina, number))
    assert world.purse().held_cents == 1_250


@pytest.mark.conformance("S1-88", "S1-89")
def test_the_last_evening_of_the_year_is_still_that_year(world: World, clock: Any) -> None:
    evening = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
    clock.move_to(evening)
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    number = make_voucher(world, now=evening)
    text = text_of(printed(lina, number))
    assert "Edité le : 31 décembre 2026" in text


@pytest.mark.conformance("S1-88", "S1-89")
def test_the_vintage_is_not_the_year_of_the_print(world: World, clock: Any) -> None:
    with world.inside(), transaction.atomic():
        Vintage.objects.filter(pk=world.vintage_id).update(
            label="2026-2027", ends_on=datetime(2027, 6, 30, tzinfo=UTC).date()
        )
    made = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    clock.move_to(made)
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    text = text_of(printed(lina, make_voucher(world, now=made)))
    assert "Edité le : 1er janvier 2027" in text
    assert "Millésime : 2026-2027" in text


@pytest.mark.conformance("S1-87")
def test_people_of_one_name_have_numbers_of_their_own(world: World, lina: Client) -> None:
    namesake, purse_id = _namesake(world)
    numbers = [
        make_voucher(world),
        make_voucher(world, purse_id=purse_id, actor=namesake),
    ]
    other = signed_in(world, "autre.lina@exemple.example", door="beneficiary")
    sheets = [
        text_of(printed(client, number))
        for client, number in zip((lina, other), numbers, strict=True)
    ]
    assert len(set(numbers)) == 2
    for sheet, number in zip(sheets, numbers, strict=True):
        assert "Lina BESNARD" in sheet and f"N° {number}" in sheet
    assert lina.get(f"/beneficiary/vouchers/{numbers[1]}/print/").status_code == 404


def _namesake(world: World) -> tuple[Actor, int]:
    """Another Lina Besnard with an account and a pass of her own; gives her theatre purse."""
    with world.inside(), transaction.atomic():
        user = identity.add_activated_user(
            email="autre.lina@exemple.example",
            first_name="Lina",
            last_name="Besnard",
            hashed_password=make_password(PASSWORD),
            now=NOON,
        )
        person = beneficiaries.register(first_name="Lina", last_name="Besnard", email="", now=NOON)
        beneficiaries.give_account(beneficiary_id=person, user_id=user.id, relation=Relation.SELF)
        purses = passes.issue_pass(
            beneficiary_id=person,
            vintage_id=world.vintage_id,
            benefit_ids=[world.theatre_id],
            now=NOON,
        )
    world.grant(2_000, purse_id=purses[world.theatre_id])
    actor = replace(world.beneficiary, user_id=user.id, beneficiary_ids=frozenset({person}))
    return actor, purses[world.theatre_id]


@pytest.mark.conformance("S1-93")
def test_the_trade_name_and_the_place_of_activity_come_first(world: World, lina: Client) -> None:
    with world.inside(), transaction.atomic():
        Partner.objects.filter(pk=world.partner_id).update(
            trade_name="Le Petit Théâtre",
            activity_street="3, quai Neuf",
            activity_complement="Bâtiment B",
            activity_postcode="99211",
            activity_town="Sorbier",
        )
    text = text_of(printed(lina, make_voucher(world)))
    assert "Partenaire : Le Petit Théâtre Bâtiment B, 3, quai Neuf 99211 Sorbier" in text
    assert "Compagnie des Trois-Ponts" not in text


@pytest.mark.conformance("S1-80")
def test_the_sheet_is_one_tagged_french_page_with_a_title(world: World, lina: Client) -> None:
    number = make_voucher(world)
    reader = pypdf.PdfReader(io.BytesIO(printed(lina, number)))
    assert len(reader.pages) == 1
    width, height = (float(side) / 72 * 25.4 for side in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (210, 297)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None and reader.metadata.title is not None
    assert reader.metadata.title.replace("\u00a0", "").startswith(f"Bon d’échange n°{number}")
    assert b"pdfuaid" in root["/Metadata"].get_data()
    [picture] = pictures_of(printed(lina, number))
    assert re.sub(r"\s", "", picture) == f"QRcodedubon{number}"


@pytest.mark.conformance("S1-153")
def test_the_only_list_of_the_sheet_is_what_to_do(world: World, lina: Client) -> None:
    """RGAA 13.3: a label and its value are one paragraph, not two items of a list."""
    tags = Counter(one.get("/S") for one in elements_of(printed(lina, make_voucher(world))))
    assert (tags["/L"], tags["/LI"]) == (1, 3)
    assert tags["/P"] >= 6


@pytest.mark.conformance("S1-80")
@pytest.mark.parametrize("mode", ["RGB", "L", "1"], ids=["colour", "grey", "black and white"])
def test_the_qr_code_reads_off_the_paper(world: World, lina: Client, mode: str) -> None:
    number = make_voucher(world)
    [code] = zxingcpp.read_barcodes(picture_of(printed(lina, number)).convert(mode).convert("L"))
    with world.inside():
        proof = queries.voucher_proof(number=number)
    assert code.text.endswith(f"{world.host}:8000/partner/voucher/{number}/{proof}/") or (
        code.text.endswith(f"/partner/voucher/{number}/{proof}/") and world.host in code.text
    )


def test_hostile_texts_stay_texts(world: World, lina: Client) -> None:
    evil = '<script>alert(1)</script><img src="http://elsewhere.example/x.png">'
    with world.inside(), transaction.atomic():
        Beneficiary.objects.filter(pk=world.beneficiary_id).update(first_name=evil[:60])
        Partner.objects.filter(pk=world.partner_id).update(trade_name=evil)
    text = text_of(printed(lina, make_voucher(world)))
    assert "<script>alert(1)</script>" in text


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_arguments: Any, **_options: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for source in ("http://127.0.0.1:9/x.png", "file:///etc/hostname", "ftp://127.0.0.1/x"):
        html = f'<html lang="fr"><head><title>x</title></head><body><img src="{source}" alt="x">'
        with pytest.raises(ForeignFile):
            render_pdf(html=html, css="", files=tmp_path)


def test_only_a_bon_that_can_be_used_is_printed(world: World, lina: Client, clock: Any) -> None:
    cancelled, expired = make_voucher(world), make_voucher(world)
    with world.inside():
        services.cancel_voucher(actor=world.beneficiary, key=uuid4(), number=cancelled, now=NOON)
    clock.shift(timedelta(days=31))
    lina = signed_in(world, world.beneficiary_email, door="beneficiary")
    for number in (cancelled, expired):
        answer = lina.get(f"/beneficiary/vouchers/{number}/print/")
        assert answer.status_code == 302
        assert answer["Location"] == f"/beneficiary/vouchers/{number}/"


def test_somebody_elses_bon_is_not_found(world: World) -> None:
    number = make_voucher(world)
    partner = signed_in(world, world.partner_email)
    assert partner.get(f"/beneficiary/vouchers/{number}/print/").status_code == 403
