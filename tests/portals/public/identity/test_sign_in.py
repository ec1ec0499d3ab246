"""Signing in, as stories at the partners' door."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from tests.factories.world import NOON, PASSWORD, World, make_world

pytestmark = pytest.mark.django_db
DOOR = "/sign-in/partner/"


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def world() -> World:
    return make_world()


def visitor(world: World) -> Client:
    return Client(HTTP_HOST=world.host)


def sign_in(client: Client, email: str, password: str = PASSWORD, **more):
    typed = {"key": str(uuid4()), "email": email, "password": password, **more}
    return client.post(DOOR, typed)


@pytest.mark.conformance("S1-16", "S1-18", "S1-19", "S1-20")
def test_the_door_says_what_the_guide_says(world: World) -> None:
    page = visitor(world).get(DOOR).content.decode()
    assert "Connexion <em>Partenaire</em>" in page
    for words in ("Adresse email", "Mot de passe", "Mot de passe oublié", "Se connecter"):
        assert words in page
    assert 'autocomplete="username"' in page and 'autocomplete="current-password"' in page
    assert 'for="id_email"' in page and 'for="id_password"' in page
    assert "/password/forgotten/" in page and "/register/" in page


def test_a_partner_enters(world: World) -> None:
    answer = sign_in(visitor(world), world.partner_email)
    assert answer.status_code == 303 and answer["Location"] == "/partner/"
