"""Typing numbers at random: slowed down, then locked until the administrator reopens (D17)."""

from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest

from tessere.domains.audit import queries as audit
from tessere.domains.notifications.models import OutboxMail
from tessere.domains.notifications.rendering import render_mail
from tessere.domains.partners import queries as partners
from tessere.domains.partners.rules import locks_entry
from tessere.domains.partners.types import TooManyUnknownCodes, TypedEntryLocked
from tessere.domains.redemptions import services
from tessere.domains.redemptions.types import Accepted
from tessere.foundation.codes import ALPHABET, NUMBER_LENGTH, make_number
from tests.domains.redemptions.stories import UNKNOWN_NUMBER, make_bon, present, refusal_code
from tests.factories.world import NOON, World

pytestmark = pytest.mark.django_db


@pytest.mark.conformance("S1-97")
def test_the_thirty_first_unknown_number_of_a_day_locks_typing(world: World) -> None:
    good = make_bon(world)
    now = NOON
    codes = []
    for _ in range(31):
        now += timedelta(minutes=3)
        codes.append(refusal_code(present(world, UNKNOWN_NUMBER, proof="", now=now)))
    assert set(codes) == {"redemptions.voucher_unknown"}
    now += timedelta(minutes=3)
    with pytest.raises(TypedEntryLocked):
        present(world, good, proof="", now=now)
    with pytest.raises(TypedEntryLocked):
        present(world, good, proof="", now=now + timedelta(days=1))
    # Scanning goes on: the QR code proves that the bon is in their hands.
    assert isinstance(present(world, good, now=now), Accepted)
    with world.inside():
        events = audit.events_about(subject=f"partner:{world.partner_id}")
        assert [event.event for event in events] == ["redemptions.typed_entry_locked"]
        services.reopen_typed_entry(actor=world.partner, now=now)
    assert isinstance(present(world, make_bon(world), proof="", now=now), Accepted)


@pytest.mark.conformance("S1-97")
def test_a_day_of_guesses_finds_one_of_a_hundred_thousand_bons_less_than_once_in_100_000() -> None:
    # The last character is a check: it is not drawn.
    numbers = len(ALPHABET) ** (NUMBER_LENGTH - 1)
    guesses = next(misses for misses in range(1000) if locks_entry(misses=misses))
    assert guesses == 31
    assert guesses * 10**5 / numbers < 1e-5
    drawn = {make_number() for _ in range(10**5)}
    assert len(drawn) > 10**5 - 5
    assert {len(number) for number in drawn} == {NUMBER_LENGTH}


def test_the_structure_and_the_programme_are_alerted_once(world: World) -> None:
    with world.inside():
        structure = partners.structure(partner_id=world.partner_id)
    now = NOON
    for _ in range(33):
        now += timedelta(minutes=3)
        with suppress(TypedEntryLocked):
            present(world, UNKNOWN_NUMBER, proof="", now=now)
    with world.inside():
        mails = OutboxMail.objects.filter(kind="redemptions/typed_entry_locked")
        assert [mail.recipient for mail in mails.order_by("pk")] == [
            structure.administrative_email,
            f"ccas@{world.host.split('.')[0]}.example",
        ]
        context = mails[0].context
    assert context["misses"] == 31
    subject, text = render_mail(
        kind="redemptions/typed_entry_locked", context=context, brand=None, base_url="https://x"
    )
    assert "la saisie des numéros de bon est arrêtée" in subject
    assert "31 numéros de bon inconnus" in text and "https://x/partner/" in text


@pytest.mark.conformance("S1-76")
def test_what_was_accepted_before_a_lock_keeps_its_answer(world: World) -> None:
    number, key, now = make_bon(world), uuid4(), NOON
    accepted = present(world, number, proof="", key=key, now=now)
    assert isinstance(accepted, Accepted)
    for _ in range(31):
        now += timedelta(minutes=3)
        present(world, UNKNOWN_NUMBER, proof="", now=now)
    again = present(world, number, proof="", key=key, now=now)
    assert isinstance(again, Accepted)
    assert (again.number, again.replayed) == (accepted.number, True)
    with pytest.raises(TypedEntryLocked):
        present(world, make_bon(world), proof="", now=now)


def test_after_ten_unknown_numbers_typing_rests_a_little(world: World) -> None:
    for _ in range(10):
        present(world, UNKNOWN_NUMBER, proof="", now=NOON)
    with pytest.raises(TooManyUnknownCodes) as told:
        present(world, UNKNOWN_NUMBER, proof="", now=NOON + timedelta(seconds=1))
    assert "5" in told.value.step() or "4" in told.value.step()
    later = NOON + timedelta(seconds=6)
    assert refusal_code(present(world, UNKNOWN_NUMBER, proof="", now=later))
    next_day = NOON + timedelta(days=1)
    assert isinstance(present(world, make_bon(world), proof="", now=next_day), Accepted)


def test_a_wrong_proof_counts_as_typed(world: World) -> None:
    for _ in range(10):
        present(world, UNKNOWN_NUMBER, proof="ABCDEF", now=NOON)
    with pytest.raises(TooManyUnknownCodes):
        present(world, make_bon(world), proof="ABCDEF", now=NOON)
