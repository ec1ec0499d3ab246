"""Requests share a few connections, each sees its own tenant alone, and none waits for ever."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from time import sleep

import psycopg
import pytest

from tests.factories.world import World, make_world
from tests.plugins.database import owner_connection
from tests.plugins.site import Site, StartSite

POOL_SIZE = 4
REQUESTS = 20
# What the worker has beside the pool, to look for jobs.
OF_THE_WORKER = 6
NAME = "test_pool"


@pytest.fixture
def worlds(committing: None) -> list[World]:
    return [make_world(), make_world()]


@pytest.fixture
def served(start_site: StartSite, worlds: list[World]) -> Iterator[Site]:
    """The real command, with fewer connections than requests."""
    site = start_site(TESSERE_POOL_SIZE=str(POOL_SIZE), PGAPPNAME=NAME)
    yield site
    assert site.stop() == 0
    assert not site.log()


def count(owner: psycopg.Connection) -> int:
    return owner.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [NAME]
    ).fetchone()[0]


def test_twenty_requests_at_once_share_four_connections(served: Site, worlds: list[World]) -> None:
    def ask(position: int) -> tuple[int, bool, bool]:
        ours, theirs = (worlds[(position + shift) % 2].host.split(".")[0] for shift in (0, 1))
        status, _headers, page = served.request(f"{ours}.localhost", "/")
        return status, ours in page, theirs in page

    with owner_connection() as owner, ThreadPoolExecutor(REQUESTS) as threads:
        asking = [threads.submit(ask, position) for position in range(REQUESTS)]
        most = 0
        while not all(each.done() for each in asking):
            most = max(most, count(owner))
            sleep(0.01)
    assert Counter(each.result() for each in asking) == {(200, True, False): REQUESTS}
    assert most <= POOL_SIZE + OF_THE_WORKER


def test_a_request_that_finds_no_connection_is_told_to_come_back(
    start_site: StartSite, worlds: list[World]
) -> None:
    site = start_site(TESSERE_POOL_SIZE="1", TESSERE_POOL_WAIT="1")
    host = worlds[0].host
    with owner_connection() as owner:
        owner.execute("BEGIN")
        owner.execute("LOCK TABLE tenants_tenant")
        with ThreadPoolExecutor(2) as threads:
            first = next(as_completed(threads.submit(site.request, host) for _each in range(2)))
            status, headers, page = first.result()
            assert (status, headers["Retry-After"]) == (503, "5")
            assert "On revient tout de suite" in page and "Erreur 503" in page
            owner.execute("ROLLBACK")
    assert site.request(host)[0] == 200


def test_pages_of_errors_give_their_connection_back(
    start_site: StartSite, worlds: list[World]
) -> None:
    site = start_site(TESSERE_POOL_SIZE="1", TESSERE_POOL_WAIT="1")
    host = worlds[0].host
    for _each in range(3):
        assert site.request(host, "/nothing-here/")[0] == 404
        assert site.request(host)[0] == 200


def test_a_request_that_waits_for_a_held_row_is_told_to_come_back(
    start_site: StartSite, worlds: list[World]
) -> None:
    site = start_site(TESSERE_POOL_SIZE=str(POOL_SIZE))
    host = worlds[0].host
    assert site.request(host)[0] == 200
    with owner_connection() as owner, owner.transaction():
        owner.execute("LOCK TABLE tenants_tenant")
        assert site.request(host)[0] == 503
    assert site.request(host)[0] == 200
