"""A partner with 100,000 operations of 300,000: lists and counters go by an index."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tessere.domains.notifications import steps as notifications
from tessere.domains.notifications.types import partner_topic
from tessere.domains.redemptions import queries
from tessere.domains.redemptions.types import MOST_NOTICES, Search
from tests.factories.world import NOON, World, make_world
from tests.plugins.database import owner_connection

ROWS = 100_000
# One of the partner's: its check character is right.
SEARCHED = "000150447"

_FILL = """
INSERT INTO redemptions_redemption (tenant_id, number, barcode, partner_id, agreement_id, purse_id,
    channel, amount_cents, status, accepted_at, partner_reference)
SELECT %(tenant)s, lpad(i::text, 9, '0'), '2' || lpad(i::text, 12, '0'),
       CASE WHEN i %% %(every)s = 0 THEN %(partner)s ELSE %(other)s END, %(agreement)s, %(purse)s,
       'partner_qr', 100, 'accepted', %(noon)s::timestamptz - i * interval '1 minute', ''
FROM generate_series(1, %(rows)s) AS i
"""

_CANCEL = """
INSERT INTO redemptions_cancellation (tenant_id, redemption_id, partner_id, cancelled_at, author_id)
SELECT tenant_id, id, partner_id, accepted_at + interval '1 hour', %(author)s
FROM redemptions_redemption WHERE tenant_id = %(tenant)s AND right(number, 1) IN ('0', '5')
"""


def values(world: World, *, rows: int, every: int) -> dict[str, Any]:
    """What _FILL takes: one row in `every` is the first partner's."""
    return {
        "tenant": world.tenant_id,
        "partner": world.partner_id,
        "other": world.other_partner_id,
        "agreement": world.agreement_id,
        "purse": world.theatre_purse_id,
        "noon": NOON,
        "rows": rows,
        "every": every,
    }


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> World:
    with django_db_blocker.unblock():
        world = make_world()
        with world.inside(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_FILL, values(world, rows=ROWS * 3, every=3))
    with owner_connection() as owner:
        owner.execute("VACUUM ANALYZE redemptions_redemption")
    return world


@pytest.fixture
def large(committing: None, filled: World) -> World:
    return filled


def plans(world: World, ask) -> list[str]:
    """The plans of the statements of a query that read operations."""
    with world.inside(), transaction.atomic():
        with CaptureQueriesContext(connection) as captured:
            ask()
        read = [
            query["sql"]
            for query in captured.captured_queries
            if 'FROM "redemptions_redemption"' in query["sql"]
        ]
        assert read
        found = []
        for sql in read:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (FORMAT JSON) " + sql)
                found.append(json.dumps(cursor.fetchone()[0]))
        return found


@pytest.mark.conformance("S1-98")
def test_the_list_shows_ones_own_and_goes_by_an_index(large: World) -> None:
    def first_page():
        return queries.redemptions_of_partner(partner_id=large.partner_id, page=1, size=50)

    def deep_page():
        return queries.redemptions_of_partner(partner_id=large.partner_id, page=1_500, size=50)

    def totals():
        return queries.totals_of_partner(partner_id=large.partner_id, now=NOON)

    def searched():
        return queries.redemptions_of_partner(
            partner_id=large.partner_id, page=1, size=50, search=Search(words=SEARCHED)
        )

    for ask in (first_page, deep_page, totals, searched):
        for plan in plans(large, ask):
            assert "redemptions_redemption_" in plan and "Seq Scan" not in plan, plan
    with large.inside():
        page, deep, sums = first_page(), deep_page(), totals()
        [found] = searched().rows
    assert found.number == SEARCHED
    assert page.total == deep.total == sums.waiting_count == ROWS
    assert {row.partner_id for row in (*page.rows, *deep.rows)} == {large.partner_id}
    assert sums.waiting_cents == 100 * ROWS
    with large.inside(), CaptureQueriesContext(connection) as captured:
        deep_page()
    selects = [one for one in captured.captured_queries if one["sql"].startswith("SELECT")]
    assert len(selects) == 3


def test_equal_dates_keep_one_order(db: None) -> None:
    world = make_world()
    with world.inside(), connection.cursor() as cursor:
        at_once = _FILL.replace("- i * interval '1 minute'", "")
        cursor.execute(at_once, values(world, rows=60, every=1))
        pages = [
            queries.redemptions_of_partner(partner_id=world.partner_id, page=number, size=10)
            for number in range(1, 7)
        ]
    numbers = [row.number for page in pages for row in page.rows]
    assert len(numbers) == len(set(numbers)) == 60
    assert numbers == sorted(numbers, reverse=True)


def rows_read(plan: dict[str, Any]) -> int:
    """How many rows the leaves of a plan gave or threw away."""
    below = plan.get("Plans", [])
    own = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    return sum(rows_read(one) for one in below) if below else int(own * plan["Actual Loops"])


def unread_plan(world: World, reader_id: int) -> dict[str, Any]:
    """How the database counted what a person has not seen, which took two statements."""
    with world.inside(), transaction.atomic(), CaptureQueriesContext(connection) as captured:
        queries.unread_of_partner(partner_id=world.partner_id, reader_id=reader_id)
    statements = [one["sql"] for one in captured.captured_queries]
    mark, happened = [sql for sql in statements if sql.lstrip().startswith("SELECT")]
    assert "notifications_seenmark" in mark
    with world.inside(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + happened)
        return cursor.fetchone()[0][0]["Plan"]


@pytest.mark.conformance("S1-71")
def test_the_counter_reads_a_bounded_number_of_rows(large: World) -> None:
    """For who never read any, for who did it all herself, and for who has read all but a few."""
    fond, sole, attentive = large.cashier_user_id, large.partner_user_id, 1
    with large.inside(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CANCEL, {"tenant": large.tenant_id, "author": sole})
        topic = partner_topic(large.partner_id)
        recently = NOON - timedelta(minutes=31)
        notifications.mark_seen(user_id=attentive, topic=topic, until=recently)
    with owner_connection() as owner:
        owner.execute("VACUUM ANALYZE redemptions_cancellation")

    def unread(reader_id: int) -> int:
        with large.inside():
            return queries.unread_of_partner(partner_id=large.partner_id, reader_id=reader_id)

    assert [unread(fond), unread(sole)] == [MOST_NOTICES] * 2
    # Ten of the structure in half an hour, and the cancellations of an hour and a half.
    assert 10 < unread(attentive) < MOST_NOTICES
    for reader, most in ((fond, 2_000), (sole, 2_000), (attentive, MOST_NOTICES)):
        plan = unread_plan(large, reader)
        text = json.dumps(plan)
        assert "redemptions_redemption_newest" in text, text
        assert "redemptions_cancellation_newest" in text, text
        assert "Seq Scan" not in text and rows_read(plan) <= most, text
