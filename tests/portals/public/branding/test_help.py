"""Help for everybody: the guide, who answers and when, and the pages that the law asks for."""

import html
import io
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.db import transaction
from django.test import Client

from tessere.domains.branding import steps
from tessere.domains.branding.types import Closure, DayPart, LegalKind
from tests.factories.world import WEEK, World
from tests.portals.paper import elements_of, pictures_of
from tests.portals.people import read, signed_in, visitor

pytestmark = pytest.mark.django_db
AUDIT = Path(__file__).resolve().parents[4] / "docs" / "accessibility.md"
NINE = (
    "Connexion partenaire",
    "Onglet « Ma structure »",
    "Ajouter un utilisateur",
    "Télécharger l’application",
    "Effectuer une transaction",
    "Suivre mes opérations",
    "Remboursement d’une opération",
    "Mes conventions",
    "Mes exports",
)
PAGES = (
    "/help/",
    "/help/guide/",
    "/help/install/",
    "/help/browsers/",
    "/help/map/",
    "/legal/notice/",
    "/legal/data/",
    "/legal/accessibility/",
)


@pytest.fixture
def schools(world: World) -> None:
    """A second service, with three numbers, closed on Tuesday afternoons."""
    with world.inside(), transaction.atomic():
        steps.add_contact_point(
            name="Caisse des écoles",
            address="4, place de la Fontaine\n99210 Marvigny",
            email="ecoles@exemple.example",
            phones=["01 99 00 75 49", "01 99 00 75 66", "01 99 00 75 39"],
            opening=WEEK,
            closures=[Closure(day=2, part=DayPart.AFTERNOON)],
            position=1,
        )


def people(world: World) -> list[Client]:
    return [
        visitor(world),
        signed_in(world, world.cashier_email),
        signed_in(world, world.beneficiary_email, door="beneficiary"),
    ]


def alternatives(answer: Any) -> list[str]:
    found = re.findall(r"<img [^>]*?alt=\"([^\"]*)\"", answer.content.decode())
    return [html.unescape(text) for text in found]


@pytest.mark.conformance("S1-03")
def test_the_guide_has_nine_headings_and_a_picture_for_each(world: World) -> None:
    for client in people(world):
        answer = client.get("/help/guide/")
        words = read(answer)
        places = [words.index(f"{number}. {name}") for number, name in enumerate(NINE, start=1)]
        assert places == sorted(places)
        main = answer.content.decode().partition("<main")[2]
        shown = re.findall(r"<img class=\"guide-part__picture\"", main)
        texts = [text for text in alternatives(answer) if len(text) > 40]
        assert len(shown) == len(texts) == len(set(texts)) == 9


@pytest.mark.conformance("S1-03")
def test_the_guide_on_paper_is_tagged(world: World) -> None:
    answer = visitor(world).get("/help/guide.pdf")
    assert answer["Content-Type"] == "application/pdf"
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    assert len(reader.pages) == 6
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "fr" and root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    for number, name in enumerate(NINE, start=1):
        assert f"{number}. {name}" in text, (name, text)
    assert f"Pass {world.host.partition('.')[0]}" in text
    pictures = pictures_of(answer.content)
    assert len(pictures) == 9 and all(len(each) > 40 for each in pictures)
    headings = [each["/S"] for each in elements_of(answer.content) if each.get("/S") == "/H2"]
    assert len(headings) == 10


def test_installing_is_shown_step_by_step_under_the_tenant_s_own_name(world: World) -> None:
    client = visitor(world)
    label = client.get("/app.webmanifest").json()["short_name"]
    main = client.get("/help/install/").content.decode().partition("<main")[2]
    steps = re.findall(r"<li class=\"phone-step\">(.*?)</li>", main, re.DOTALL)
    told = re.findall(r"<svg class=\"phone\"[^>]* aria-label=\"([^\"]+)\"", main)
    assert len(steps) == 8 and all(step.count("<svg") == 1 for step in steps)
    assert len(told) == len(set(told)) == 9
    assert f"<strong>{label}</strong>" in main
    assert main.count(f">{label}</text>") == 3


@pytest.mark.conformance("S1-149")
@pytest.mark.usefixtures("schools")
@pytest.mark.parametrize("path", ["/help/", "/help/guide/"])
def test_hours_are_shown_with_their_exception(world: World, path: str) -> None:
    answer = visitor(world).get(path)
    week = "Du lundi au vendredi, de 8 h 30 à 12 h et de 13 h 30 à 17 h, sauf le"
    words = read(answer)
    assert f"{week} mardi après-midi" in words and f"{week} jeudi après-midi" in words
    assert "17\u202fh," in html.unescape(answer.content.decode())


@pytest.mark.conformance("S1-151")
@pytest.mark.usefixtures("schools")
def test_each_number_can_be_called(world: World) -> None:
    page = visitor(world).get("/help/").content.decode()
    called = [
        f'<a href="tel:+3319900{end}">01 99 00 {end[:2]} {end[2:]}</a>'
        for end in ("7549", "7566", "7539")
    ]
    places = [page.index(link) for link in called]
    assert places == sorted(places)


@pytest.mark.usefixtures("schools")
def test_each_service_can_be_written_to(world: World) -> None:
    page = visitor(world).get("/help/").content.decode()
    slug = world.host.partition(".")[0]
    for address in (f"ccas@{slug}.example", "ecoles@exemple.example"):
        assert f'href="mailto:{address}"' in page


def test_every_page_leads_to_help_and_the_legal_pages(world: World) -> None:
    for client in people(world):
        for path in PAGES:
            answer = client.get(path)
            assert answer.status_code == 200, path
            foot = answer.content.decode().partition("<footer")[2]
            for other in ("/help/", "/legal/notice/", "/legal/data/", "/legal/accessibility/"):
                assert f'href="{other}"' in foot


@pytest.mark.conformance("S1-153")
def test_the_statement_gives_the_figures_of_the_audit(world: World) -> None:
    rows = re.findall(r"^\| \d+ [^|]+\| (\d+) \| (\d+) \| (\d+) \|$", AUDIT.read_text(), re.M)
    met, unmet, apart = (sum(int(row[column]) for row in rows) for column in range(3))
    assert len(rows) == 13 and met + unmet + apart == 106
    words = read(visitor(world).get("/legal/accessibility/"))
    share = 100 * met // (met + unmet)
    assert f"{met} critères sur les {met + unmet}" in words and f"{share} %" in words
    for criterion in re.findall(r"^\| (\d+\.\d+) \|", AUDIT.read_text(), re.M):
        assert criterion in words
    assert "Défenseur des droits" in words
    assert "Accessibilité : partiellement conforme" in read(visitor(world).get("/"))


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (LegalKind.NOTICE, "/legal/notice/"),
        (LegalKind.DATA, "/legal/data/"),
        (LegalKind.ACCESSIBILITY, "/legal/accessibility/"),
    ],
)
def test_a_tenant_may_say_it_in_its_own_words(world: World, kind: LegalKind, path: str) -> None:
    default = read(visitor(world).get(path))
    assert f"Ville de {world.host.partition('.')[0]}" in default
    with world.inside(), transaction.atomic():
        steps.set_legal_text(kind=kind, text="Premier <b>point</b>.\n\nSecond\npoint.")
    page = visitor(world).get(path).content.decode()
    assert "<p>Premier &lt;b&gt;point&lt;/b&gt;.</p>" in page
    assert "<p>Second<br>point.</p>" in page
    assert "RGAA" not in page and "CNIL" not in page and "AGPL" not in page


@pytest.mark.conformance("S1-153")
def test_the_map_leads_wherever_a_menu_does(world: World) -> None:
    """RGAA 12.1: a second way to each page; an entry that a menu gains must be here too."""
    doors = {"/partner/": world.partner_email, "/beneficiary/": world.beneficiary_email}
    drawn = _links(visitor(world).get("/help/map/"), "main")
    for home, email in doors.items():
        own = signed_in(world, email, door=home.strip("/"))
        menu = _links(own.get(home), "nav") | _links(own.get(home), "footer")
        assert home in menu and len(menu) >= 3
        assert menu - drawn == {"/help/map/"}
    for path in drawn:
        assert visitor(world).get(path).status_code in {200, 302, 303}, path


def _links(answer: Any, part: str) -> set[str]:
    parts = re.findall(rf"<{part}\b.*?</{part}>", answer.content.decode(), flags=re.S)
    return set(re.findall(r'<a [^>]*?href="(/[^"]*)"', " ".join(parts)))
