"""The first page, and the pages that belong to no portal."""

from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tessere.domains.files import steps as files
from tests.factories.world import NOON, World, make_world
from tests.portals.people import read, signed_in, visitor

pytestmark = pytest.mark.django_db


def test_home_says_what_it_is_and_opens_both_doors(world: World) -> None:
    answer = visitor(world).get("/")
    page, words = answer.content.decode(), read(answer)
    assert 'href="/sign-in/partner/"' in page and 'href="/sign-in/beneficiary/"' in page
    assert "2 clubs, théâtres, commerces et associations l’acceptent" in words
    assert "Sports 2 partenaires" in words and "Culture 1 partenaire" in words
    assert "01 99 00 12 34" in words


def test_home_costs_few_statements(world: World, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        assert visitor(world).get("/").status_code == 200


def test_a_tenant_shows_nothing_of_another(world: World) -> None:
    other = make_world()
    page = visitor(world).get("/").content.decode()
    assert world.host.partition(".")[0] in page
    assert other.host.partition(".")[0] not in page


def test_the_stylesheet_holds_the_colours_of_the_tenant(world: World) -> None:
    page = visitor(world).get("/").content.decode()
    path = page.partition('href="/brand/')[2].partition('"')[0]
    answer = visitor(world).get(f"/brand/{path}")
    assert "--brand-rgb: 14, 74, 92" in answer.content.decode()
    assert "immutable" in answer["Cache-Control"]
    assert visitor(world).get("/brand/000000000000.css").status_code == 404


def test_the_logo_is_the_only_file_served(world: World) -> None:
    logo = world.brand(logo=b"<svg/>")
    with world.inside(), transaction.atomic():
        secret = files.store(source=BytesIO(b"secret"), media_type="text/plain", now=NOON).digest
    answer = visitor(world).get(f"/logo/{logo}")
    assert answer.content == b"<svg/>" and answer["Content-Type"] == "image/svg+xml"
    assert visitor(world).get(f"/logo/{secret}").status_code == 404


def test_an_unknown_page_keeps_the_brand(world: World) -> None:
    answer = visitor(world).get("/nowhere/")
    assert answer.status_code == 404
    assert "Il manque une pièce" in read(answer) and "CCAS" not in read(answer)
    assert f"Pass {world.host.partition('.')[0]}" in read(answer)


def test_a_form_that_was_left_open_is_explained(world: World) -> None:
    client = Client(HTTP_HOST=world.host, enforce_csrf_checks=True)
    answer = client.post("/sign-in/partner/", {"email": "x"})
    assert answer.status_code == 403 and "TES-04" in read(answer)


def test_the_bare_host_lists_the_tenants(world: World) -> None:
    answer = Client(HTTP_HOST="localhost").get("/")
    assert answer.status_code == 200 and world.host in read(answer)


def test_a_strange_host_is_answered_404(world: World) -> None:
    answer = Client(HTTP_HOST="elsewhere.example").get("/")
    assert answer.status_code == 404 and "Pass" not in read(answer)


def test_a_refusal_has_words_a_next_step_and_a_code(world: World) -> None:
    answer = signed_in(world, world.cashier_email).get("/partner/structure/")
    words = read(answer)
    assert answer.status_code == 403
    assert "Votre profil ne permet pas cette action." in words and "TES-03" in words
    assert "Demandez à l’administrateur" in words
    assert 'href="/partner/"' in answer.content.decode()


@pytest.mark.conformance("S1-152")
@pytest.mark.parametrize("path", ["/", "/sign-in/partner/", "/register/", "/nowhere/"])
def test_pages_say_that_they_are_french(world: World, path: str) -> None:
    assert '<html lang="fr"' in visitor(world).get(path).content.decode()
