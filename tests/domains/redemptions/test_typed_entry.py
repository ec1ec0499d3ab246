"""Typing numbers at random: slowed down, then locked until the administrator reopens (D17)."""

from datetime import timedelta

import pytest

from tessere.domains.audit import queries as audit
from tessere.domains.partners.types import TooManyUnknownCodes, TypedEntryLocked
from tessere.domains.redemptions import services
from tessere.domains.redemptions.types import Accepted
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
    # 31 guesses a day against 10**5 live bons among 2**40 numbers.
    assert 31 * 10**5 / 2**40 < 1e-5


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
