"""The hub: who is told what, and what is told again after an absence."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import psycopg
import pytest
from django.conf import settings

from tessere.adapters import live
from tessere.adapters.live import CHANNEL, Hub, messages

pytestmark = pytest.mark.usefixtures("committing")

Stream = AsyncGenerator[str, None]


def announce(tenant_id: int, *topics: str) -> None:
    with psycopg.connect(settings.TESSERE_LISTEN_URL, autocommit=True) as connection:
        for message in messages(tenant_id=tenant_id, topics=topics):
            connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, message])


async def change(stream: Stream, *, within: float = 3.0) -> str:
    """The id of the next change that a stream tells."""
    async with asyncio.timeout(within):
        async for text in stream:
            if text.startswith("event: changed"):
                return text.split("\nid: ")[1].split("\n")[0]
    raise AssertionError("the stream has ended")


async def is_silent(stream: Stream) -> bool:
    try:
        await change(stream, within=0.5)
    except TimeoutError:
        return True
    return False


async def heard(hub: Hub, tenant_id: int = 1, topic: str = "partner:1") -> Stream:
    """A stream that knows the present state."""
    stream = hub.follow(tenant_id=tenant_id, topics=[topic], last_seen="")
    await change(stream)
    if hub._count == 0:
        await change(stream)
    return stream


def with_hub(story: Callable[[Hub], Awaitable[Any]]) -> None:
    async def run() -> None:
        hub = Hub(settings.TESSERE_LISTEN_URL)
        try:
            async with asyncio.timeout(20):
                await story(hub)
        finally:
            hub.close()

    asyncio.run(run())


def test_those_who_follow_a_topic_are_told_and_nobody_else() -> None:
    async def story(hub: Hub) -> None:
        ours = await heard(hub)
        anothers, another_tenants = await heard(hub, topic="partner:2"), await heard(hub, 2)
        await asyncio.to_thread(announce, 1, "partner:1", "person:7")
        await change(ours)
        assert await is_silent(anothers)
        assert await is_silent(another_tenants)

    with_hub(story)


def test_what_happened_between_two_streams_is_told_at_once() -> None:
    async def story(hub: Hub) -> None:
        first = await heard(hub)
        await asyncio.to_thread(announce, 1, "partner:1")
        seen = await change(first)
        await first.aclose()
        nothing_new = hub.follow(tenant_id=1, topics=["partner:1"], last_seen=seen)
        assert await is_silent(nothing_new)
        other = await heard(hub)
        await asyncio.to_thread(announce, 1, "partner:1")
        await change(other)
        missed = hub.follow(tenant_id=1, topics=["partner:1"], last_seen=seen)
        assert await change(missed, within=0.5) != seen
        unknown = hub.follow(tenant_id=1, topics=["partner:1"], last_seen="00000000.999")
        await change(unknown, within=0.5)

    with_hub(story)


def test_everybody_is_told_when_the_connection_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_RECONNECT_SECONDS", 0.05)

    async def story(hub: Hub) -> None:
        stream = await heard(hub)

        def cut() -> None:
            with psycopg.connect(settings.TESSERE_LISTEN_URL, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = %s AND datname = current_database()"
                    " AND usename = current_user",
                    [CHANNEL],
                )

        await asyncio.to_thread(cut)
        await change(stream)
        await asyncio.to_thread(announce, 1, "partner:1")
        await change(stream)

    with_hub(story)


def test_a_stream_ends_after_a_while_and_when_the_hub_closes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def story(hub: Hub) -> None:
        lasting = await heard(hub)
        monkeypatch.setattr(live, "LIFE_SECONDS", 0.2)
        ending = hub.follow(tenant_id=1, topics=["partner:1"], last_seen="")
        async with asyncio.timeout(2):
            assert [text async for text in ending]
        hub.close()
        async with asyncio.timeout(0.5):
            assert [text async for text in lasting if text.startswith("event")] == []
        assert not hub._followers

    with_hub(story)


def test_a_message_stays_short_enough_for_postgresql() -> None:
    told = messages(tenant_id=2**62, topics=[f"person:{2**62 + i}" for i in range(1000)])
    assert all(len(each) < 8000 for each in told)
    assert sum(len(json.loads(each)[1]) for each in told) == 1000
