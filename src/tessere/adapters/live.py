"""Live updates: one connection listens for a whole process, however many pages are open.

What is told is that something about a topic changed, never what: the page asks for itself, through
its own door. A page that was away says what it saw last, and is told whether there is more.
"""

import asyncio
import functools
import json
import secrets
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable
from time import monotonic

import psycopg
import structlog
from django.conf import settings

log = structlog.get_logger(__name__)

CHANNEL = "tessere_live"

# A stream ends about this often, and the browser opens the next one: its session is judged again.
LIFE_SECONDS = 55.0
_HEARTBEAT_SECONDS = 15.0
_RETRY_MS = 1_000
_RECONNECT_SECONDS = 1.0
# PostgreSQL takes 8000 bytes.
_TOPICS_A_MESSAGE = 200
_REMEMBERED = 20_000

Key = tuple[int, str]


def messages(*, tenant_id: int, topics: Iterable[str]) -> list[str]:
    """The payloads that announce topics of a tenant."""
    unique = sorted(set(topics))
    return [
        json.dumps([tenant_id, unique[start : start + _TOPICS_A_MESSAGE]])
        for start in range(0, len(unique), _TOPICS_A_MESSAGE)
    ]


class Hub:
    """Hears what is announced and tells the streams of this process; lives in one event loop."""

    def __init__(self, url: str) -> None:
        self._url = url
        # Another process, or this one after a restart, counts otherwise.
        self._mark = secrets.token_hex(4)
        self._count = 0
        # What happened before this is not remembered: it may concern everybody.
        self._forgotten = 0
        self._latest: dict[Key, int] = {}
        self._followers: defaultdict[Key, set[asyncio.Event]] = defaultdict(set)
        self._listening: asyncio.Task[None] | None = None
        self._closed = False

    async def follow(
        self, *, tenant_id: int, topics: Iterable[str], last_seen: str
    ) -> AsyncGenerator[str, None]:
        """The text of an event stream about these topics, for a minute at most.

        `last_seen` is the id of the last event that the page got, if any.
        """
        self._listen()
        keys = [(tenant_id, topic) for topic in topics]
        woken = asyncio.Event()
        for key in keys:
            self._followers[key].add(woken)
        end = monotonic() + LIFE_SECONDS * (0.9 + secrets.randbelow(200) / 1000)
        try:
            yield f"retry: {_RETRY_MS}\n\n"
            seen = self._place_of(last_seen)
            while not self._closed and (left := end - monotonic()) > 0:
                woken.clear()
                if self._newest(keys) > seen:
                    seen = self._count
                    yield f"event: changed\nid: {self._mark}.{seen}\ndata: 1\n\n"
                try:
                    await asyncio.wait_for(woken.wait(), min(left, _HEARTBEAT_SECONDS))
                except TimeoutError:
                    yield ":\n\n"
        finally:
            for key in keys:
                self._followers[key].discard(woken)
                if not self._followers[key]:
                    del self._followers[key]

    def close(self) -> None:
        """End all streams, and listen no more."""
        self._closed = True
        if self._listening is not None:
            self._listening.cancel()
        self._wake(list(self._followers))

    def _place_of(self, last_seen: str) -> int:
        mark, _dot, place = last_seen.partition(".")
        return int(place) if mark == self._mark and place.isdecimal() else -1

    def _newest(self, keys: list[Key]) -> int:
        return max(self._forgotten, *(self._latest.get(key, 0) for key in keys))

    def _listen(self) -> None:
        if not self._closed and (self._listening is None or self._listening.done()):
            self._listening = asyncio.create_task(self._hear())

    async def _hear(self) -> None:
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    self._url, autocommit=True, keepalives_idle=30, application_name=CHANNEL
                ) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._forget()
                    self._wake(list(self._followers))
                    async for notification in connection.notifies():
                        self._note(notification.payload)
            except psycopg.Error as error:
                log.warning("live_updates_interrupted", error=str(error))
            await asyncio.sleep(_RECONNECT_SECONDS)

    def _forget(self) -> None:
        """What was announced while nobody listened, or too long ago, may concern everybody."""
        self._count += 1
        self._forgotten = self._count
        self._latest.clear()

    def _note(self, payload: str) -> None:
        tenant_id, topics = json.loads(payload)
        if len(self._latest) > _REMEMBERED:
            self._forget()
        self._count += 1
        keys = [(tenant_id, topic) for topic in topics]
        self._latest |= dict.fromkeys(keys, self._count)
        self._wake(keys)

    def _wake(self, keys: list[Key]) -> None:
        for key in keys:
            for woken in self._followers.get(key, ()):
                woken.set()


@functools.cache
def hub() -> Hub:
    """The hub of this process."""
    return Hub(settings.TESSERE_LISTEN_URL)
