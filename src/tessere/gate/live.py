"""Event streams: let in by the door like any page, then kept open without thread or connection."""

import asyncio
from collections.abc import Iterable
from contextlib import aclosing, suppress
from typing import Any

from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponse

from tessere.adapters.live import hub

_SECONDS_TO_WRITE = 30


class LiveResponse(HttpResponse):
    """The beginning of an event stream; the server goes on with it when the request is over."""

    def __init__(self, request: HttpRequest, *, topics: Iterable[str]) -> None:
        super().__init__(content_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
        self.tenant_id: int = request.tenant.id  # type: ignore[attr-defined]
        self.topics = tuple(topics)
        self.last_seen = request.headers.get("Last-Event-ID", "")


class _Outlet:
    """Where a request's answer goes, and the stream that is to follow it."""

    def __init__(self, send: Any) -> None:
        self.send = send
        self.live: LiveResponse | None = None

    async def __call__(self, message: Any) -> None:
        await self.send(message)


class Handler(ASGIHandler):
    """Django, which streams only after it has given back what a request holds."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        outlet = _Outlet(send)
        await super().__call__(scope, receive, outlet)
        if outlet.live is not None:
            await _stream(outlet.live, receive, send)

    async def send_response(self, response: Any, send: Any) -> None:
        if isinstance(response, LiveResponse):
            send.live = response
        else:
            await super().send_response(response, send)


async def _stream(live: LiveResponse, receive: Any, send: Any) -> None:
    """Write until the stream ends, the reader is gone, or it reads nothing for too long."""
    headers = [
        (name.lower().encode("ascii"), value.encode("latin-1"))
        for name, value in live.items()
        if name.lower() != "content-length"
    ]
    await send({"type": "http.response.start", "status": live.status_code, "headers": headers})

    async def write() -> None:
        texts = hub().follow(tenant_id=live.tenant_id, topics=live.topics, last_seen=live.last_seen)
        async with aclosing(texts):
            async for text in texts:
                part = {"type": "http.response.body", "body": text.encode(), "more_body": True}
                await asyncio.wait_for(send(part), _SECONDS_TO_WRITE)

    async def until_gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    tasks = {asyncio.create_task(write()), asyncio.create_task(until_gone())}
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError, TimeoutError):
                await task
    await send({"type": "http.response.body", "body": b"", "more_body": False})
