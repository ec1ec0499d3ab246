"""The letter box of a development machine."""

from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage

from tessere.adapters.inbox import InboxBackend
from tests.factories.world import World, make_world
from tests.portals.people import read, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_FILE_PATH = str(tmp_path)


def send(world: World, *, number: int = 1, body: str = "Bonjour") -> None:
    mail = EmailMessage(
        subject="Opération acceptée",
        body=body,
        to=["accueil@example.org"],
        headers={"Message-ID": f"<outbox-1-{number}@{world.host}>"},
    )
    InboxBackend().send_messages([mail])


def test_each_tenant_has_its_own(world: World) -> None:
    send(world, body="Lien : http://marvigny.localhost/p/")
    answer = visitor(world).get("/inbox/")
    assert "Opération acceptée" in read(answer)
    assert 'href="http://marvigny.localhost/p/"' in answer.content.decode()
    assert "Aucun mail" in read(visitor(make_world()).get("/inbox/"))


def test_a_mail_sent_again_is_one_mail(world: World) -> None:
    send(world)
    send(world)
    send(world, number=2)
    assert read(visitor(world).get("/inbox/")).count("Opération acceptée") == 2


def test_markup_in_a_mail_is_text(world: World) -> None:
    send(world, body="<script>alert(1)</script>")
    assert "<script>alert" not in visitor(world).get("/inbox/").content.decode()


def test_production_has_no_inbox(world: World, settings: Any) -> None:
    settings.TESSERE_INBOX = False
    assert visitor(world).get("/inbox/").status_code == 404
