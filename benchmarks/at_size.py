"""OPÉRATIONS and its file for a structure with 100,000 operations of its tenant's 1,000,000.

Goals: each page under 300 ms of server time; a file of all 100,000 under 20 s and 150 MB.

    python -m benchmarks.at_size
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import psycopg

from benchmarks.installation import installation

OPERATIONS = 1_000_000
EVERY = 10
PEOPLE = 1_000
TURNS = 7

_FILL = """
INSERT INTO redemptions_redemption (tenant_id, number, barcode, partner_id, agreement_id, purse_id,
    channel, amount_cents, status, accepted_at, partner_reference)
SELECT %(tenant)s, lpad(i::text, 9, '0'), '2' || lpad(i::text, 12, '0'),
       CASE WHEN i %% %(every)s = 0 THEN %(partner)s ELSE %(other)s END, %(agreement)s,
       (%(purses)s::bigint[])[1 + (i / 10) %% %(people)s],
       'partner_qr', 100 + i %% 900, 'accepted', now() - i * interval '1 minute', ''
FROM generate_series(1, %(rows)s) AS i
"""


def _fill() -> dict[str, Any]:
    from tests.factories.bench import crowd

    facts, purses = crowd(people=PEOPLE)
    values = facts | {
        "purses": [one["purse"] for one in purses],
        "people": PEOPLE,
        "rows": OPERATIONS,
        "every": EVERY,
    }
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(_FILL, values)
        owner.execute("VACUUM ANALYZE")
    return facts


def _time(name: str, ask: Callable[[], Any]) -> None:
    seconds = []
    for _ in range(TURNS):
        began = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - began)
    print(f"{name:24} {statistics.median(seconds) * 1000:6.0f} ms")


def _pages(partner_id: int) -> None:
    from tessere.domains.redemptions import queries
    from tessere.domains.redemptions.types import Search
    from tessere.foundation import clock

    def page(number: int, **looked_for: Any) -> Callable[[], Any]:
        return lambda: queries.redemptions_of_partner(
            partner_id=partner_id, page=number, size=50, search=Search(**looked_for)
        )

    _time("first page", page(1))
    _time("page 1,500", page(1_500))
    _time("name, a few", page(1, words="n° 77"))
    _time("name, all", page(1, words="personne"))
    _time("name, none", page(1, words="zzz"))
    day = clock.local_date(clock.now())
    _time("a month", page(1, first_day=day.replace(day=1), last_day=day))
    _time("totals", lambda: queries.totals_of_partner(partner_id=partner_id, now=clock.now()))


def make_file(tenant_id: int, kind: str) -> None:
    """In a process of its own, whose memory is then measured: the file that was asked for."""
    import django

    django.setup()
    from tessere.domains.exports.making import make_next
    from tessere.domains.redemptions.tasks import EXPORTS
    from tessere.foundation.tenancy import tenant_context

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    with tenant_context(tenant_id):
        assert make_next(definitions=EXPORTS)
    took = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{kind:24} {took:6.1f} s, {most // 1024} MB at most, {before // 1024} MB before")


def _files(facts: dict[str, Any]) -> None:
    from uuid import uuid4

    from tessere.domains.exports.types import FileKind
    from tessere.domains.redemptions import services
    from tessere.domains.redemptions.types import EVERYTHING
    from tessere.foundation import clock
    from tessere.foundation.tenancy import tenant_context

    for kind in FileKind:
        with tenant_context(facts["tenant"]):
            services.export(
                actor=facts["actor"], key=uuid4(), search=EVERYTHING, kind=kind, now=clock.now()
            )
        program = (
            f"from benchmarks.at_size import make_file; make_file({facts['tenant']}, '{kind}')"
        )
        subprocess.run([sys.executable, "-c", program], check=True)


def main() -> None:
    """Fill, then ask for pages and files as a structure does."""
    with installation():
        facts = _fill()
        from tessere.foundation.tenancy import tenant_context

        with tenant_context(facts["tenant"]):
            _pages(facts["partner"])
        _files(facts)


if __name__ == "__main__":
    main()
