"""The host names the tenant, and only a development machine lists them all."""

from typing import Any

import pytest
from django.test import Client

from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_the_bare_host_lists_the_tenants_in_development(host: str) -> None:
    world = make_world()
    page = Client(HTTP_HOST=host).get("/")
    assert page.status_code == 200
    assert world.host in page.content.decode()


def test_in_production_no_host_does(settings: Any) -> None:
    settings.TESSERE_BARE_HOSTS = frozenset()
    world = make_world()
    page = Client(HTTP_HOST="localhost").get("/")
    assert page.status_code == 404
    assert world.host not in page.content.decode()


def test_a_host_is_known_in_any_case_and_with_any_port() -> None:
    world = make_world()
    assert Client(HTTP_HOST=f"{world.host.upper()}:8443").get("/").status_code == 200
    assert Client(HTTP_HOST="nowhere.example").get("/").status_code == 404
