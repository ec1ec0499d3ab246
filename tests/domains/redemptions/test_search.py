"""Finding operations again: by number, name, reference, state and day, together or alone."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from tessere.domains.audit.models import AuditEvent
from tessere.domains.redemptions import queries, services
from tessere.domains.redemptions.types import (
    Accepted,
    RedemptionStatus,
    ReferenceTooLong,
    Search,
)
from tessere.foundation.codes import InvalidNumber, read_number
from tests.domains.redemptions.stories import pay, payment
from tests.factories.world import NOON, World

pytestmark = pytest.mark.django_db


def accepted(world: World, *, now: datetime = NOON, purse_id: int | None = None) -> str:
    outcome = pay(world, 100, now=now, purse_id=purse_id or world.theatre_purse_id)
    assert isinstance(outcome, Accepted)
    return outcome.number


def paid_by(world: World, first_name: str, last_name: str) -> str:
    """The number of an operation of a new person."""
    purse_id = world.newcomer(first_name, last_name)
    with world.inside():
        [outcome] = services.accept(
            actor=world.platform,
            requests=[payment(world, 100, purse_id=purse_id)],
            now=NOON,
        )
    assert isinstance(outcome, Accepted)
    return outcome.number


def suits(candidate: str) -> bool:
    try:
        return bool(read_number(candidate))
    except InvalidNumber:
        return False


def found(world: World, words: str = "", **changes: object) -> list[str]:
    with world.inside():
        page = queries.redemptions_of_partner(
            partner_id=world.partner_id, page=1, size=50, search=Search(words=words, **changes)
        )
    assert page.total == len(page.rows)
    return [row.number for row in page.rows]


@pytest.mark.conformance("S1-107")
def test_a_part_of_a_name_finds_its_operations_without_accents_or_case(world: World) -> None:
    zoe = paid_by(world, "Zoé-Léonie", "D’Œuvray Garçon")
    paid_by(world, "Malik", "Test")
    for words in ("zoe", "ZOÉ", "leonie", "oeuvr", "garcon zoe", "  Garçon  d’œuvray ", "É-L"):
        assert found(world, words) == [zoe], words
    assert found(world, "zoe malik") == []


@pytest.mark.conformance("S1-107")
@pytest.mark.parametrize(
    "words", ["%", "_", "'", "\\", "%%%", "' OR 1=1 --", "zoe%", "__", '"', "’; DROP"]
)
def test_signs_that_mean_something_to_a_database_mean_nothing(world: World, words: str) -> None:
    paid_by(world, "Zoé", "Durand")
    assert found(world, words) == []


def test_a_percent_sign_is_found_where_there_is_one(world: World) -> None:
    number = accepted(world)
    accepted(world)
    with world.inside():
        services.set_reference(
            actor=world.partner, numbers=[number], reference="remise 50 %_\\", now=NOON
        )
    for words in ("50 %", "%_", "\\"):
        assert found(world, words) == [number]


@pytest.mark.conformance("S1-100", "S1-107")
def test_a_number_or_a_barcode_finds_the_one_operation(world: World) -> None:
    number = accepted(world)
    accepted(world)
    with world.inside():
        barcode = queries.redemption_of_partner(
            partner_id=world.partner_id, number=number
        ).redemption.barcode
    for words in (number, number.lower(), f" {number[:3]} {number[3:6]}-{number[6:]}", barcode):
        assert found(world, words) == [number], words


def test_a_name_that_reads_as_a_number_is_still_a_name(world: World) -> None:
    """Nine letters, whose check character happens to be right."""
    name = next(
        candidate
        for letter in "ABCDEFGHJKMNPQRSTVWXYZ"
        for candidate in [f"KATARZYN{letter}"]
        if suits(candidate)
    )
    number = paid_by(world, name.capitalize(), "Test")
    assert found(world, name) == [number]


@pytest.mark.conformance("S1-106")
def test_days_are_inclusive_and_french(world: World) -> None:
    before = accepted(world, now=datetime(2026, 6, 9, 21, 59, 59, tzinfo=UTC))
    first = accepted(world, now=datetime(2026, 6, 9, 22, 0, tzinfo=UTC))
    last = accepted(world, now=datetime(2026, 6, 12, 21, 59, 59, tzinfo=UTC))
    after = accepted(world, now=datetime(2026, 6, 12, 22, 0, tzinfo=UTC))
    begin, end = date(2026, 6, 10), date(2026, 6, 12)
    assert found(world, first_day=begin, last_day=end) == [last, first]
    assert found(world, first_day=begin) == [after, last, first]
    assert found(world, last_day=end) == [last, first, before]


@pytest.mark.conformance("S1-106")
def test_states_alone_and_with_everything_else(world: World) -> None:
    kept, undone = accepted(world), accepted(world)
    with world.inside():
        services.cancel(actor=world.partner, key=uuid4(), number=undone, now=NOON)
    cancelled, waiting = (RedemptionStatus.CANCELLED,), (RedemptionStatus.ACCEPTED,)
    assert found(world, statuses=cancelled) == [undone]
    assert found(world, statuses=waiting) == [kept]
    assert set(found(world, statuses=cancelled + waiting)) == {kept, undone}
    today = NOON.date()
    assert found(world, undone, statuses=cancelled, first_day=today, last_day=today) == [undone]
    assert found(world, undone, statuses=waiting, first_day=today, last_day=today) == []
    tomorrow = today + timedelta(days=1)
    assert found(world, undone, statuses=cancelled, first_day=tomorrow) == []


def test_a_search_survives_being_written_down() -> None:
    search = Search(
        words="Zoé %",
        statuses=(RedemptionStatus.CANCELLED,),
        first_day=date(2026, 1, 31),
        last_day=None,
    )
    assert Search.from_json(search.as_json()) == search


def test_a_selection_counts_what_is_ones_own_and_not_undone(world: World) -> None:
    kept, undone = accepted(world), accepted(world)
    with world.inside():
        services.cancel(actor=world.partner, key=uuid4(), number=undone, now=NOON)
        ours = queries.selection_of_partner(
            partner_id=world.partner_id, numbers=[kept, undone, "000000000"]
        )
        theirs = queries.selection_of_partner(partner_id=world.other_partner_id, numbers=[kept])
    assert (ours.numbers, ours.cents) == (frozenset({kept}), 100)
    assert (theirs.numbers, theirs.cents) == (frozenset(), 0)


@pytest.mark.conformance("S1-111")
def test_a_reference_is_written_on_one_or_many_and_found_again(world: World) -> None:
    one, two, other = accepted(world), accepted(world), accepted(world)
    with world.inside():
        written = services.set_reference(
            actor=world.partner, numbers=[one, two], reference="  Stage  de  Pâques ", now=NOON
        )
        row = queries.redemption_of_partner(partner_id=world.partner_id, number=one).redemption
        events = AuditEvent.objects.filter(event="redemptions.reference_set")
        told = [(event.before, event.after) for event in events]
    assert (written, row.partner_reference) == (2, "Stage de Pâques")
    assert told == [({"partner_reference": ""}, {"partner_reference": "Stage de Pâques"})] * 2
    assert set(found(world, "paques stage")) == {one, two}
    assert other not in found(world, "paques")
    with world.inside():
        services.set_reference(actor=world.partner, numbers=[one], reference="", now=NOON)
    assert found(world, "paques") == [two]


@pytest.mark.conformance("S1-112")
def test_a_reference_is_the_structures_own_and_has_140_characters(world: World) -> None:
    number = accepted(world)
    with world.inside():
        with pytest.raises(ReferenceTooLong):
            services.set_reference(
                actor=world.partner, numbers=[number], reference="x" * 141, now=NOON
            )
        assert services.set_reference(
            actor=world.partner, numbers=[number], reference="x" * 140, now=NOON
        )
        assert not services.set_reference(
            actor=world.other_partner, numbers=[number], reference="à nous", now=NOON
        )
        row = queries.redemption_of_partner(partner_id=world.partner_id, number=number).redemption
    assert row.partner_reference == "x" * 140
