"""How the parts of a process run together, fail together and stop together."""

import asyncio
import os
import signal

import pytest

from tessere.config import processes, schedule


async def _until_told(stop: asyncio.Event) -> None:
    await stop.wait()


async def _fail(_stop: asyncio.Event) -> None:
    await asyncio.sleep(0.01)
    raise RuntimeError("part of it broke")


async def _terminate_self(stop: asyncio.Event) -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    await stop.wait()


def test_a_signal_stops_all_parts() -> None:
    asyncio.run(asyncio.wait_for(processes.until_stopped(_until_told, _terminate_self), 5))


def test_a_part_that_fails_stops_the_others_and_is_told() -> None:
    with pytest.raises(RuntimeError, match="part of it broke"):
        asyncio.run(asyncio.wait_for(processes.until_stopped(_until_told, _fail), 5))


def test_a_relay_is_called_again_at_once_while_there_is_work(
    monkeypatch: pytest.MonkeyPatch, committing: None
) -> None:
    handled = [5, 5, 0]
    calls = []

    def relay() -> int:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("the mail server is down")
        return handled.pop(0) if handled else 0

    monkeypatch.setattr(schedule, "RELAYS", {relay: 0.02})
    monkeypatch.setattr(processes, "_FIRST_REST_SECONDS", 0.02)

    async def work_for_a_moment(stop: asyncio.Event) -> None:
        working = asyncio.create_task(processes.work(stop))
        while len(calls) < 5 and not working.done():
            await asyncio.sleep(0.01)
        stop.set()
        await working

    asyncio.run(asyncio.wait_for(processes.until_stopped(work_for_a_moment), 15))
    assert len(calls) >= 5, "an error or an empty outbox does not end a relay"
