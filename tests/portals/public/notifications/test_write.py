"""The contact form: a mail to the service, whose answer goes to the person."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as sent_mails
from django.test import Client

from tessere.adapters.mail import Mailer
from tessere.domains.notifications import rules, services
from tessere.domains.notifications.types import Delivery
from tessere.foundation import clock as present
from tests.factories.world import World
from tests.portals.people import mails_to, read, visitor

pytestmark = pytest.mark.django_db
WRITTEN = {
    "point": "0",
    "name": "Nora\r\nBcc: tous@exemple.example",
    "email": "nora@exemple.example",
    "text": "Bonjour,\n<b>mon</b> pass ne s’ouvre pas.",
}


@pytest.fixture
def client(world: World) -> Client:
    return visitor(world)


def send(client: Client, **typed: str) -> Any:
    return client.post("/help/write/", {**WRITTEN, **typed})


def service_of(world: World) -> str:
    return f"ccas@{world.host.partition('.')[0]}.example"


@pytest.mark.conformance("S1-150")
def test_a_message_reaches_the_service_which_answers_the_person(
    world: World, client: Client
) -> None:
    page = client.get("/help/").content.decode()
    assert f'href="mailto:{service_of(world)}"' in page and 'href="/help/write/"' in page
    answer = send(client)
    assert (answer.status_code, answer["Location"]) == (303, "/help/write/sent/")
    assert "Votre message est envoyé" in read(client.get(answer["Location"]))
    with world.inside(), Mailer() as mailer:
        moment = present.now()
        done = services.deliver(actor=world.platform, host=world.host, mailer=mailer, now=moment)
    assert done is Delivery.SENT
    [mail] = sent_mails.outbox
    assert mail.to == [service_of(world)] and mail.reply_to == ["nora@exemple.example"]
    assert mail.subject == "Un message pour vous\u202f: Nora Bcc: tous@exemple.example"
    assert not mail.bcc and "Bonjour,\n<b>mon</b> pass ne s’ouvre pas." in str(mail.body).replace(
        "\r\n", "\n"
    )
    [row] = mails_to(world, service_of(world))
    assert row.context == {}, "what was written is forgotten once sent"


@pytest.mark.parametrize("field", ["point", "name", "email", "text"])
def test_what_is_missing_is_said_and_the_rest_stays(
    world: World, client: Client, field: str
) -> None:
    answer = send(client, **{field: ""})
    assert answer.status_code == 400
    assert "Le message n’est pas envoyé." in read(answer)
    if field != "text":
        assert "pass ne s’ouvre pas." in answer.content.decode()
    assert not mails_to(world, service_of(world))


@pytest.mark.parametrize("field", [{"point": "7"}, {"email": "x\r\nBcc: y@z.fr"}])
def test_what_is_forged_is_refused(world: World, client: Client, field: dict[str, str]) -> None:
    assert send(client, **field).status_code == 400
    assert not mails_to(world, service_of(world))


def test_a_flood_is_stopped_for_an_hour(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    for _each in range(rules.MESSAGES_AN_HOUR):
        assert send(client).status_code == 303
    refused = send(client)
    assert refused.status_code == 429
    assert "MSG-01" in read(refused) and "pass ne s’ouvre pas." in refused.content.decode()
    clock.shift(timedelta(hours=1, seconds=1))
    assert send(client).status_code == 303
