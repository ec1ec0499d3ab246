"""Web server, worker and relays: what each process runs, and how it stops."""

import asyncio
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, contextmanager, suppress
from importlib import import_module
from typing import Any

import structlog
import uvicorn
from django.db import DEFAULT_DB_ALIAS, connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app as jobs
from procrastinate.contrib.django import connector_params

from tessere.adapters.live import hub
from tessere.config.connections import with_fresh_connection
from tessere.config.environment import ConfigurationError, number, text

log = structlog.get_logger(__name__)

Part = Callable[[asyncio.Event], Coroutine[Any, Any, None]]

_FIRST_REST_SECONDS = 1.0
_LONGEST_REST_SECONDS = 10.0
# For requests under way; event streams are closed at once.
_GRACE_SECONDS = 3
_APPLICATION = "tessere.config.asgi:application"


@contextmanager
def listening() -> Iterator[socket.socket]:
    """The socket of the web server, on `HOST` (127.0.0.1) and `PORT` (8000)."""
    host, port = text("HOST", "127.0.0.1"), number("PORT", 8000)
    with closing(socket.socket(socket.AF_INET)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise ConfigurationError(
                f"{host}:{port} cannot be used ({error.strerror}). Choose another: PORT=8001"
            ) from error
        yield listener


def web(listener: socket.socket, announce: Callable[[], None] = lambda: None) -> Part:
    """The web server as a part of this process; `announce` is called once it answers."""

    async def serve(stop: asyncio.Event) -> None:
        server = _Server(_configuration())
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started and not serving.done():
            await asyncio.sleep(0.02)
        if server.started:
            announce()
        loading = asyncio.create_task(_load_documents())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        server.should_exit = True
        hub().close()
        await serving
        await loading

    return serve


async def _load_documents() -> None:
    """What makes documents is slow to load: after the start, before the first one is asked for."""
    try:
        await asyncio.to_thread(import_module, "tessere.adapters.pdf")
    except (ImportError, OSError):
        log.exception("documents_unavailable")


async def until_stopped(*parts: Part) -> None:
    """Run parts together until SIGTERM or SIGINT; when one fails, stop the others and fail."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for asked in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(asked, stop.set)
    running = [loop.create_task(part(stop)) for part in parts]
    await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    try:
        await asyncio.gather(*running)
    finally:
        _close_pool()


def _close_pool() -> None:
    """Let go of the shared connections: their threads would delay the end of the process."""
    wall: Any = connections[DEFAULT_DB_ALIAS]
    wall.close_pool()


async def work(stop: asyncio.Event) -> None:
    """Jobs, schedule and relays."""
    # What the schedule calls are rooms, which need Django to be ready; commands are known before.
    from tessere.config import schedule  # noqa: PLC0415

    # The schedule uses it too: Django's would keep one of the pages' connections for ever. One
    # connection is enough while nothing is due; the library would hold four.
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1)
    with jobs.replace_connector(connector) as worker_app:
        async with worker_app.open_async():
            working = asyncio.create_task(
                worker_app.run_worker_async(
                    install_signal_handlers=False, shutdown_graceful_timeout=_GRACE_SECONDS
                )
            )
            relaying = [
                asyncio.create_task(_relay(each, pause, stop))
                for each, pause in schedule.RELAYS.items()
            ]
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            was_asked = stop.is_set()
            stop.set()
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working
            await asyncio.gather(*relaying)
            if not was_asked:
                raise RuntimeError("The worker ended by itself.")


async def _relay(relay: Callable[[], int], pause: float, stop: asyncio.Event) -> None:
    rest = 0.0
    while not stop.is_set():
        try:
            handled = await asyncio.to_thread(with_fresh_connection, relay)
            rest = 0.0 if handled else pause
        except Exception:
            # What the relay failed to pass on is still in its outbox.
            log.exception("relay_failed", relay=relay.__qualname__)
            rest = min(max(rest * 2, _FIRST_REST_SECONDS), _LONGEST_REST_SECONDS)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), rest)


class _Server(uvicorn.Server):
    """Leaves signals to `run`, which has more than the server to stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _configuration() -> uvicorn.Config:
    return uvicorn.Config(
        _APPLICATION,
        lifespan="off",
        loop="asyncio",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
