"""Mails leave the outbox: once, again after a failure, and never in the way of a payment."""

from datetime import datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as sent_mails
from django.core.mail.backends import locmem
from django.db import OperationalError, transaction

from tessere.adapters.mail import Mailer, MailServerAway
from tessere.domains.notifications import rules, services
from tessere.domains.notifications import steps as notifications
from tessere.domains.notifications.models import OutboxMail
from tessere.domains.notifications.services import deliver
from tessere.domains.notifications.types import Delivery, NewMail
from tessere.domains.redemptions import services as redemptions
from tessere.domains.redemptions import steps as redemptions_steps
from tessere.domains.redemptions.types import Accepted, Channel, Payment
from tests.factories.world import NOON, World

pytestmark = pytest.mark.django_db
EVIL = '<script>alert(1)</script> "&\r\nBcc: everybody@example.org'


def turn(world: World, mailer: Mailer | None = None, now: datetime = NOON) -> Delivery:
    with world.inside(), mailer or Mailer() as used:
        return deliver(actor=world.platform, host=world.host, mailer=used, now=now)


def send_all(world: World) -> list[Any]:
    while turn(world) is Delivery.SENT:
        pass
    return sent_mails.outbox


def payment(world: World) -> Payment:
    return Payment(
        key=uuid4(),
        channel=Channel.PARTNER_CODE,
        purse_id=world.theatre_purse_id,
        partner_id=world.partner_id,
        amount_cents=900,
    )


def pay(world: World) -> str:
    request = payment(world)
    with world.inside():
        [outcome] = redemptions.accept(actor=world.beneficiary, requests=[request], now=NOON)
    assert isinstance(outcome, Accepted), outcome
    return outcome.number


def rows(world: World) -> list[OutboxMail]:
    with world.inside():
        return list(OutboxMail.objects.order_by("pk"))


@pytest.mark.conformance("S1-73")
def test_one_mail_for_each_side_of_an_operation(world: World) -> None:
    number = pay(world)
    to_partner, to_beneficiary = send_all(world)
    assert to_partner.to == ["contact-093351957@partenaire.example"]
    assert to_beneficiary.to == [world.beneficiary_email]
    assert to_partner.subject == "Lina BESNARD vous a réglé 9,00\u00a0€, e.coupon Théâtre"
    assert f"/partner/operations/{number}/" in to_partner.body
    assert to_beneficiary.subject == "Vous avez payé 9,00\u00a0€ chez Compagnie des Trois-Ponts"
    for part in ("16\u00a0juin 2026 à 12:00", "91,00\u00a0€", number, "Marvigny", "Théâtre"):
        assert part in to_beneficiary.body
    assert turn(world) is Delivery.NOTHING_DUE


@pytest.mark.conformance("S1-118")
def test_a_cancellation_is_told_to_both_sides(world: World) -> None:
    number = pay(world)
    send_all(world).clear()
    with world.inside():
        redemptions.cancel(actor=world.partner, key=uuid4(), number=number, now=NOON)
    to_partner, to_beneficiary = send_all(world)
    assert to_partner.subject == "Opération annulée\u202f: 9,00\u00a0€, Lina BESNARD"
    assert "Il reste\u202f: 100,00\u00a0€" in to_beneficiary.body


@pytest.mark.conformance("S1-73")
def test_nothing_is_sent_of_what_was_rolled_back(world: World) -> None:
    class Regret(Exception):
        pass

    def pay_and_regret() -> None:
        with world.inside(), transaction.atomic():
            redemptions_steps.accept(actor=world.beneficiary, requests=[payment(world)], now=NOON)
            assert len(rows(world)) == 2
            raise Regret

    with pytest.raises(Regret):
        pay_and_regret()
    assert not rows(world)


@pytest.mark.conformance("S1-73")
def test_a_mail_server_that_is_down_delays_the_mail_and_nothing_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as outage:
        outage.setattr(
            "django.core.mail.backends.locmem.EmailBackend.send_messages",
            lambda _self, _mails: (_ for _ in ()).throw(ConnectionRefusedError("no server")),
        )
        assert turn(world) is Delivery.NOTHING_DUE
        pay(world)
        assert turn(world) is Delivery.SERVER_AWAY
    assert world.purse().available_cents == 9_100
    late = rows(world)[0]
    # A server that is down is no fault of the mail.
    assert (late.attempts, late.sent_at) == (0, None)
    assert "no server" in late.last_error
    assert late.due_at == NOON + timedelta(seconds=5)
    assert turn(world) is Delivery.SENT
    assert turn(world) is Delivery.NOTHING_DUE
    assert turn(world, now=NOON + timedelta(seconds=5)) is Delivery.SENT
    assert len(sent_mails.outbox) == 2


def test_a_crash_between_sending_and_noting_sends_again_under_the_same_name(world: World) -> None:
    class Crashing(Mailer):
        def send(self, mail: Any) -> None:
            super().send(mail)
            raise KeyboardInterrupt

    pay(world)
    with pytest.raises(KeyboardInterrupt):
        turn(world, Crashing())
    assert rows(world)[0].sent_at is None
    assert turn(world) is Delivery.SENT
    twins = [mail.extra_headers["Message-ID"] for mail in sent_mails.outbox]
    assert twins == [f"<outbox-{world.tenant_id}-{rows(world)[0].pk}@{world.host}>"] * 2


def test_a_refused_address_does_not_hold_up_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    pay(world)
    with monkeypatch.context() as refusal:
        refusal.setattr(
            "django.core.mail.backends.locmem.EmailBackend.send_messages",
            lambda _self, _mails: (_ for _ in ()).throw(SMTPRecipientsRefused({})),
        )
        assert turn(world) is Delivery.FAILED
    assert turn(world) is Delivery.SENT
    assert [row.attempts for row in rows(world)] == [1, 0]


@pytest.mark.parametrize(
    ("kind", "context"),
    [
        ("identity/nothing_like_it", {}),
        ("redemptions/accepted_partner", {"amount_cents": "nine euros"}),
        (
            "redemptions/accepted_partner",
            {"amount_cents": 9, "beneficiary": "", "benefit": "", "partner": "", "at": "tomorrow"},
        ),
    ],
)
def test_a_mail_that_cannot_be_written_does_not_hold_up_the_others(
    world: World, kind: str, context: dict[str, Any]
) -> None:
    unreadable = NewMail(kind=kind, recipient="a@b.example", context=context)
    good = NewMail(
        kind="identity/reset",
        recipient="a@b.example",
        context={"name": "", "email": "a@b.example", "path": "/password/reset/1/x/"},
    )
    with world.inside(), transaction.atomic():
        notifications.enqueue(mails=[unreadable, good], now=NOON)
    assert turn(world) is Delivery.FAILED
    assert turn(world) is Delivery.SENT
    assert turn(world) is Delivery.NOTHING_DUE
    failed, sent = rows(world)
    assert failed.attempts == 1 and failed.last_error and failed.sent_at is None
    assert sent.sent_at == NOON


def test_a_mail_that_always_fails_is_given_up_after_growing_pauses(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[dict[str, Any]] = []
    monkeypatch.setattr(
        services, "log", SimpleNamespace(exception=lambda event, **facts: said.append(facts))
    )
    with world.inside(), transaction.atomic():
        notifications.enqueue(
            mails=[NewMail(kind="identity/nothing_like_it", recipient="a@b.example")], now=NOON
        )
    moment, pauses = NOON, []
    while turn(world, now=moment) is Delivery.FAILED:
        pauses.append(rows(world)[0].due_at - moment)
        moment += pauses[-1]
    assert len(pauses) == rules.TRIES
    assert pauses == sorted(pauses) and timedelta(hours=8) < moment - NOON < timedelta(days=1)
    assert [facts["given_up"] for facts in said] == [False] * (rules.TRIES - 1) + [True]
    assert turn(world, now=NOON + timedelta(days=365)) is Delivery.NOTHING_DUE


def test_a_server_that_stays_away_costs_a_mail_no_try_and_is_asked_ever_less_often(
    world: World,
) -> None:
    class Away(Mailer):
        def send(self, mail: Any) -> None:
            raise MailServerAway("nobody answers")

    pay(world)
    with world.inside():
        OutboxMail.objects.exclude(pk=rows(world)[0].pk).delete()
    moment, pauses = NOON, []
    for _each in range(40):
        assert turn(world, Away(), now=moment) is Delivery.SERVER_AWAY
        pauses.append(rows(world)[0].due_at - moment)
        moment += pauses[-1]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=5), timedelta(minutes=15))
    assert rows(world)[0].attempts == 0
    assert turn(world, now=moment) is Delivery.SENT


def test_the_database_is_no_fault_of_a_mail(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    class WithoutBooks(Mailer):
        def send(self, mail: Any) -> None:
            raise OperationalError("the connection is lost")

    pay(world)
    with pytest.raises(OperationalError):
        turn(world, WithoutBooks())
    assert rows(world)[0].attempts == 0


def test_texts_cannot_add_headers_or_lose_characters(world: World) -> None:
    context = {
        "number": "7M6ETZWF0",
        "amount_cents": 900,
        "benefit": EVIL,
        "beneficiary": EVIL,
        "partner": EVIL,
        "town": EVIL,
        "at": NOON.isoformat(),
        "available_cents": 0,
    }
    kinds = [
        f"redemptions/{event}_{side}"
        for event in ("accepted", "cancelled")
        for side in ("partner", "beneficiary")
    ]
    mails = [NewMail(kind=kind, recipient="a@b.example", context=context) for kind in kinds]
    world.brand(name="Évil\r\nBcc: x@y.example", authority=EVIL)
    with world.inside(), transaction.atomic():
        notifications.enqueue(mails=mails, now=NOON)
    assert len(send_all(world)) == 4
    for mail in sent_mails.outbox:
        assert mail.recipients() == ["a@b.example"]
        headers = mail.message()
        assert headers["Bcc"] is None
        assert "\n" not in mail.subject and "\n" not in mail.from_email
        assert '<script>alert(1)</script> "&' in mail.body


def test_an_address_with_a_line_break_is_refused(world: World) -> None:
    wanted = NewMail(
        kind="identity/reset",
        recipient="a@b.example\nBcc: x@y.example",
        context={"name": "", "email": "a@b.example", "path": "/password/reset/1/x/"},
    )
    with world.inside(), transaction.atomic():
        notifications.enqueue(mails=[wanted], now=NOON)
    assert turn(world) is Delivery.FAILED
    assert not sent_mails.outbox


def test_a_link_is_forgotten_once_it_was_sent(world: World) -> None:
    link = {"name": "Lina", "email": "a@b.example", "path": "/password/reset/1/x/"}
    with world.inside(), transaction.atomic():
        notifications.enqueue(
            mails=[NewMail(kind="identity/reset", recipient="a@b.example", context=link)],
            now=NOON,
        )
    [mail] = send_all(world)
    assert f"http://{world.host}" in mail.body and "/password/reset/1/x/" in mail.body
    assert rows(world)[0].context == {}


@pytest.mark.parametrize("error", [TimeoutError("slow"), SMTPAuthenticationError(535, b"no")])
def test_a_server_that_does_not_let_us_in_is_away(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    monkeypatch.setattr(
        "django.core.mail.backends.locmem.EmailBackend.open",
        lambda _self: (_ for _ in ()).throw(error),
    )
    asked = []
    monkeypatch.setattr(
        "tessere.adapters.mail.get_connection",
        lambda: asked.append(1) or locmem.EmailBackend(),
    )
    with Mailer() as mailer:
        for _each in range(3):
            with pytest.raises(MailServerAway):
                mailer.send(None)  # type: ignore[arg-type]
    assert len(asked) == 1, "a server that is away may take seconds to say so"
