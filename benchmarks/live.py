"""How soon open pages hear of a payment, and how many database connections they take.

Two hundred event streams of one structure are held open on one server; payments are made, and each
stream notes when it is told. Goals: a median under 300 ms from the commit, at most 5 connections.

    python -m benchmarks.live
"""

import asyncio
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

import django
import psycopg

from tessere.adapters import database_server
from tessere.foundation.db.roles import APP_ROLE, OWNER_ROLE

STREAMS = 200
PAYMENTS = 20
_EVENT = b"event: changed"


def _prepare(var: Path) -> str:
    where = database_server.start(var / "pg")
    database_server.ensure_database(where, "bench")
    os.environ |= {
        "TESSERE_MODE": "test",
        "TESSERE_VAR": str(var),
        "TESSERE_POOL_SIZE": "2",
        "SECRET_KEY": "of-a-benchmark-and-of-nothing-else-0123456789",
        "DATABASE_URL": where.url(database="bench", role=APP_ROLE),
        "DATABASE_OWNER_URL": where.url(database="bench", role=OWNER_ROLE),
        "DJANGO_SETTINGS_MODULE": "tessere.config.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    command = [sys.executable, "-m", "tessere.config.cli", "migrate", "--quiet"]
    subprocess.run(command, check=True)
    django.setup()
    return os.environ["DATABASE_OWNER_URL"]


def _connections(url: str) -> tuple[int, int]:
    """The server's connections to the database: all, and the one that listens."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*), count(*) FILTER (WHERE application_name = 'tessere_live')"
            " FROM pg_stat_activity WHERE datname = 'bench' AND pid <> pg_backend_pid()"
        ).fetchone()
    assert row is not None
    return row[0], row[1]


async def _measure(host: str, port: int, cookie: str, pay: object, url: str) -> list[float]:
    heard: asyncio.Queue[float] = asyncio.Queue()

    async def listen(reader: asyncio.StreamReader) -> None:
        while line := await reader.readline():
            if line.startswith(_EVENT):
                heard.put_nowait(time.perf_counter())

    print(f"connections before: {_connections(url)[0]}")
    tasks = []
    for _ in range(STREAMS):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        lines = ("GET /partner/live/ HTTP/1.1", f"Host: {host}:{port}", f"Cookie: {cookie}", "", "")
        writer.write("\r\n".join(lines).encode())
        assert b" 200 " in await reader.readline()
        tasks.append((asyncio.create_task(listen(reader)), writer))
    await asyncio.sleep(1)
    print(
        "connections with all streams: {} in all, {} of them listening".format(*_connections(url))
    )
    delays: list[float] = []
    for _ in range(PAYMENTS):
        while not heard.empty():
            heard.get_nowait()
        await asyncio.to_thread(pay)  # type: ignore[arg-type]
        committed = time.perf_counter()
        async with asyncio.timeout(10):
            delays += [await heard.get() - committed for _stream in range(STREAMS)]
        await asyncio.sleep(0.37)
    for task, writer in tasks:
        task.cancel()
        writer.close()
    return delays


def _run(port: int, url: str) -> None:
    from django.db import connection

    from tessere.domains.redemptions import services
    from tessere.domains.redemptions.types import Channel, Payment
    from tessere.foundation.clock import now
    from tests.factories.world import make_world
    from tests.portals.people import signed_in

    world = make_world()
    cookies = signed_in(world, world.partner_email).cookies.values()
    cookie = "; ".join(f"{one.key}={one.value}" for one in cookies)

    def pay() -> None:
        payment = Payment(
            key=uuid4(),
            channel=Channel.PARTNER_QR,
            purse_id=world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=1,
        )
        with world.inside():
            services.accept(actor=world.beneficiary, requests=[payment], now=now())
        connection.close()

    connection.close()
    delays = sorted(asyncio.run(_measure(world.host, port, cookie, pay, url)))
    share = delays[int(len(delays) * 0.99)]
    print(f"{STREAMS} streams, {PAYMENTS} payments, from commit to event:")
    print(f"median {statistics.median(delays) * 1000:.0f} ms, 99 % within {share * 1000:.0f} ms")


def main() -> None:
    """Print the connections and the delays."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        url = _prepare(Path(folder))
        server = subprocess.Popen(
            [sys.executable, "-m", "tessere.config.cli", "serve"],
            env=os.environ | {"PORT": str(port)},
            stdout=subprocess.DEVNULL,
        )
        try:
            deadline = time.monotonic() + 60
            while socket.socket().connect_ex(("127.0.0.1", port)) and time.monotonic() < deadline:
                time.sleep(0.2)
            _run(port, url)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)
            database_server.stop(Path(folder) / "pg")


if __name__ == "__main__":
    main()
