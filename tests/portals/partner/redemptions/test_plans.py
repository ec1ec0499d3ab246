"""A long list stays quick: the plans use indexes (decision D18)."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tessere.domains.redemptions import queries
from tests.factories.world import NOON, World
from tests.portals.partner.stories import pay

pytestmark = pytest.mark.django_db
MANY = 100_000
_FILL = """
INSERT INTO redemptions_redemption
    (tenant_id, number, barcode, partner_id, agreement_id, purse_id, channel, amount_cents,
     status, accepted_at, author_id, partner_reference)
SELECT r.tenant_id, lpad(to_hex(n), 9, '0'), lpad(n::text, 13, '0'),
       CASE WHEN n %% 50 = 0 THEN r.partner_id ELSE %s END,
       r.agreement_id, r.purse_id, r.channel, 100, 'accepted',
       r.accepted_at - make_interval(mins => n), r.author_id, ''
FROM redemptions_redemption r, generate_series(1, %s) n
WHERE r.tenant_id = %s
"""


def plans(execute: Callable[[], object]) -> list[dict[str, Any]]:
    """The plans of the statements on operations that something executes."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        execute()
    statements = [one["sql"] for one in captured if 'FROM "redemptions_redemption"' in one["sql"]]
    found = []
    for statement in statements:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
            plan = cursor.fetchone()[0]
        found.append(json.loads(plan) if isinstance(plan, str) else plan)
    return found


@pytest.mark.conformance("S1-98")
def test_a_hundred_thousand_operations(world: World) -> None:
    mine = pay(world, 100)
    with world.inside(), connection.cursor() as cursor:
        cursor.execute(_FILL, [world.other_partner_id, MANY, world.tenant_id])
        page = queries.redemptions_of_partner(partner_id=world.partner_id, page=1, size=10)
        assert page.total == MANY // 50 + 1
        assert page.rows[0].number == mine
        assert {row.partner_id for row in page.rows} == {world.partner_id}
        for plan in plans(
            lambda: queries.redemptions_of_partner(partner_id=world.partner_id, page=1, size=10)
        ) + plans(lambda: queries.totals_of_partner(partner_id=world.partner_id, now=NOON)):
            written = json.dumps(plan)
            assert "Seq Scan" not in written, written
            assert "redemptions_redemption_newest" in written or "_waiting" in written, written
