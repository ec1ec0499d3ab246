"""A partner with 100,000 operations of 300,000: the lists go by an index, in three statements."""

import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tessere.domains.redemptions import queries
from tessere.domains.redemptions.types import Search
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


@pytest.fixture
def large(committing: None) -> World:
    world = make_world()
    with world.inside(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _FILL,
            {
                "tenant": world.tenant_id,
                "partner": world.partner_id,
                "other": world.other_partner_id,
                "agreement": world.agreement_id,
                "purse": world.theatre_purse_id,
                "noon": NOON,
                "rows": ROWS * 3,
                "every": 3,
            },
        )
    with owner_connection() as owner:
        owner.execute("VACUUM ANALYZE redemptions_redemption")
    return world


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
        cursor.execute(
            _FILL.replace("- i * interval '1 minute'", ""),
            {
                "tenant": world.tenant_id,
                "partner": world.partner_id,
                "other": world.other_partner_id,
                "agreement": world.agreement_id,
                "purse": world.theatre_purse_id,
                "noon": NOON,
                "rows": 60,
                "every": 1,
            },
        )
        pages = [
            queries.redemptions_of_partner(partner_id=world.partner_id, page=number, size=10)
            for number in range(1, 7)
        ]
    numbers = [row.number for page in pages for row in page.rows]
    assert len(numbers) == len(set(numbers)) == 60
    assert numbers == sorted(numbers, reverse=True)
