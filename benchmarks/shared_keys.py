"""What do foreign keys to shared rows cost an acceptance?

Every operation of a partner refers to the partner, its agreement and its payable account: each key
locks one shared row FOR KEY SHARE, and rows locked by several transactions at once cost multixacts.
The database's part of an acceptance is run by many connections for one partner, with those keys and
without them, in alternating rounds on one server with durable commits.

    python -m benchmarks.shared_keys
"""

import os
import statistics
import threading
import time
from typing import Any

import psycopg

from benchmarks.installation import installation

CLIENTS = 12
SECONDS = 4.0
ROUNDS = 5

SHARED_KEYS = {
    "redemptions_redemption": ("partner_id", "agreement_id"),
    "ledger_transfer": ("target_id",),
}

_LOCK = """
SELECT id FROM passes_purse WHERE tenant_id = %(tenant)s AND id = %(purse)s FOR NO KEY UPDATE
"""
_ACCEPT = """
WITH made AS (
    INSERT INTO redemptions_redemption (tenant_id, number, barcode, partner_id, agreement_id,
        purse_id, channel, amount_cents, status, accepted_at, partner_reference)
    VALUES (%(tenant)s, left(md5(random()::text), 9), left(md5(random()::text), 13), %(partner)s,
        %(agreement)s, %(purse)s, 'partner_qr', 1, 'accepted', now(), '')
    RETURNING id
), posted AS (
    INSERT INTO ledger_posting (tenant_id, key, command, digest, subject, posted_at)
    SELECT %(tenant)s, gen_random_uuid(), 'bench', '', 'redemption:' || id, now() FROM made
    RETURNING id
), moved AS (
    INSERT INTO ledger_transfer (tenant_id, posting_id, source_id, target_id, amount_cents)
    SELECT %(tenant)s, id, %(source)s, %(payable)s, 1 FROM posted
)
UPDATE passes_purse SET spent_cents = spent_cents + 1
WHERE tenant_id = %(tenant)s AND id = %(purse)s
"""


def _round(url: str, facts: dict[str, Any], purses: list[dict[str, int]]) -> float:
    """Acceptances a second, all clients together."""
    done = [0] * CLIENTS
    stop = threading.Event()

    def client(position: int) -> None:
        mine = facts | purses[position]
        with psycopg.connect(url) as connection:
            while not stop.is_set():
                with connection.transaction(), connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL app.tenant = '{facts['tenant']}'")
                    cursor.execute(_LOCK, mine)
                    cursor.execute(_ACCEPT, mine)
                done[position] += 1

    threads = [threading.Thread(target=client, args=(position,)) for position in range(CLIENTS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    time.sleep(SECONDS)
    stop.set()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - began)


def _keys(owner: psycopg.Connection[Any]) -> list[tuple[str, str, str]]:
    found = []
    for table, columns in SHARED_KEYS.items():
        rows = owner.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype = 'f'",
            [table],
        ).fetchall()
        found += [
            (table, name, definition)
            for name, definition in rows
            if any(f", {column})" in definition for column in columns)
        ]
    assert len(found) == 3, found
    return found


def main() -> None:
    """Print the two rates of each round, and the ratio of their medians."""
    with installation():
        from tests.factories.bench import crowd

        facts, purses = crowd(people=CLIENTS)
        app, owner_url = os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"]
        with psycopg.connect(owner_url, autocommit=True) as owner:
            keys = _keys(owner)
            rates: dict[str, list[float]] = {"with": [], "without": []}
            for _ in range(ROUNDS):
                rates["with"].append(_round(app, facts, purses))
                for table, name, _definition in keys:
                    owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
                rates["without"].append(_round(app, facts, purses))
                for table, name, definition in keys:
                    owner.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
                print(*(f"{way} {values[-1]:8.0f}/s" for way, values in rates.items()))
            ratio = statistics.median(rates["with"]) / statistics.median(rates["without"])
            print(f"with the keys: {ratio:.2f} of the rate without them")


if __name__ == "__main__":
    main()
