"""The worker makes files page by page, whole or not at all, and keeps none for ever."""

import io
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from tessere.domains.audit.models import AuditEvent
from tessere.domains.exports import making, queries, services, steps, tables, tasks
from tessere.domains.exports.models import ExportFile
from tessere.domains.exports.types import (
    Column,
    ExportBeingMade,
    ExportKeyReused,
    ExportNotFound,
    ExportNotReady,
    ExportRecord,
    ExportState,
    FileKind,
    Page,
    Table,
    Wish,
)
from tessere.domains.files import queries as files
from tessere.domains.files import steps as files_steps
from tessere.domains.files.models import FileChunk, StoredFile
from tests.factories.world import NOON, World, make_world

pytestmark = pytest.mark.django_db

PAGES = 4
PAGE_ROWS = 25


class Killed(BaseException):
    """What nothing catches: the end of a process."""


class Source:
    """Numbers in four pages; it can be told what to do before a page."""

    def __init__(self) -> None:
        self.before: dict[int, Callable[[], Any]] = {}

    def __call__(self, parameters: Mapping[str, Any], until: datetime) -> Table:
        return Table(
            columns=[Column(heading="N°")],
            total=PAGES * PAGE_ROWS,
            page=self.page,
        )

    def page(self, after: int | None) -> Page:
        number = after or 0
        self.before.pop(number, lambda: None)()
        first = number * PAGE_ROWS
        rows = [(f"ligne {row}",) for row in range(first, first + PAGE_ROWS)]
        return Page(rows=rows, after=number + 1 if number + 1 < PAGES else None)


@pytest.fixture
def source() -> Source:
    return Source()


def ask(world: World, **changes: Any) -> ExportRecord:
    wish = {"definition": "numbers", "parameters": {}, "kind": FileKind.CSV, "title": "Liste"}
    key = changes.pop("key", None) or uuid4()
    with world.inside():
        return steps.request(actor=world.partner, key=key, wish=Wish(**wish | changes), now=NOON)


def turn(world: World, source: Source, *, at: datetime = NOON) -> bool:
    with world.inside(), time_machine.travel(at, tick=False):
        return making.make_next(definitions={"numbers": source})


def seen(world: World, export: ExportRecord) -> ExportRecord:
    with world.inside():
        found = queries.export_of(owner=f"partner:{world.partner_id}", export_id=export.id)
    assert found is not None
    return found


def text(world: World, export: ExportRecord) -> str:
    with world.inside():
        taken = services.download(actor=world.partner, export_id=export.id, now=NOON)
        content = files.content_of(file_id=taken.file_id)
    assert len(content) == taken.size_bytes
    return content.decode("utf-8-sig")


def whole() -> list[str]:
    return ['"N°"', *(f'"ligne {row}"' for row in range(PAGES * PAGE_ROWS))]


def test_a_file_is_asked_for_then_made_then_taken(world: World, source: Source) -> None:
    export = ask(world)
    assert (export.state, export.name) == (ExportState.REQUESTED, "Liste.csv")
    assert turn(world, source) is True
    made = seen(world, export)
    assert (made.state, made.rows_written, made.percent) == (ExportState.READY, 100, 100)
    assert text(world, export).splitlines() == whole()
    assert turn(world, source) is False
    assert turn(world, source, at=NOON + timedelta(days=1)) is False


def test_progress_is_visible_from_page_to_page(world: World, source: Source) -> None:
    export, shown = ask(world), []
    for page in range(1, PAGES):
        source.before[page] = lambda: shown.append(seen(world, export).percent)
    turn(world, source)
    assert shown == [25, 50, 75]


def test_one_key_asks_for_one_file(world: World) -> None:
    key = uuid4()
    assert ask(world, key=key) == ask(world, key=key)
    with pytest.raises(ExportKeyReused):
        ask(world, key=key, kind=FileKind.XLSX)


def test_what_a_killed_worker_left_is_made_whole_by_the_next(world: World, source: Source) -> None:
    export = ask(world)

    def die() -> None:
        raise Killed

    source.before[2] = die
    with pytest.raises(Killed):
        turn(world, source)
    left = seen(world, export)
    assert (left.state, left.rows_written) == (ExportState.RUNNING, 50)
    # Its claim holds for a minute: two workers do not write the same file.
    assert turn(world, source, at=NOON + timedelta(seconds=30)) is False
    assert turn(world, source, at=NOON + timedelta(seconds=61)) is True
    assert text(world, export).splitlines() == whole()
    with world.inside():
        assert StoredFile.objects.count() == 1


def test_a_worker_that_was_thought_dead_gives_way(
    world: World, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its claim ran out while it slept: the other's file stands, and is the only one."""
    export = ask(world)
    real = tables.writer

    def slow(**arguments: Any) -> Any:
        monkeypatch.setattr(tables, "writer", real)
        turn(world, Source(), at=NOON + timedelta(seconds=61))
        return real(**arguments)

    monkeypatch.setattr(tables, "writer", slow)
    assert turn(world, source) is True
    assert seen(world, export).state is ExportState.READY
    assert text(world, export).splitlines() == whole()
    with world.inside():
        assert StoredFile.objects.count() == 1
        assert AuditEvent.objects.filter(event="exports.made").count() == 1


def test_a_file_that_cannot_be_made_is_given_up_after_three_attempts(
    world: World, source: Source
) -> None:
    export = ask(world)

    def stumble() -> None:
        raise ValueError("a row that no file can hold")

    at = NOON
    for attempt in range(1, making.MOST_ATTEMPTS + 1):
        source.before[1] = stumble
        assert turn(world, source, at=at) is True
        given_up = attempt == making.MOST_ATTEMPTS
        assert seen(world, export).state is (
            ExportState.FAILED if given_up else ExportState.REQUESTED
        )
        assert turn(world, source, at=at) is False
        at += timedelta(seconds=31)
    with world.inside(), pytest.raises(ExportNotReady):
        services.download(actor=world.partner, export_id=export.id, now=NOON)


@pytest.mark.conformance("S1-145")
def test_a_deleted_file_is_gone_with_its_content(world: World, source: Source) -> None:
    export = ask(world)
    with world.inside(), pytest.raises(ExportBeingMade):
        services.delete(actor=world.partner, export_id=export.id, now=NOON)
    turn(world, source)
    with world.inside():
        with pytest.raises(ExportNotFound):
            services.delete(actor=world.other_partner, export_id=export.id, now=NOON)
        services.delete(actor=world.partner, export_id=export.id, now=NOON)
        assert not ExportFile.objects.exists()
        assert not StoredFile.objects.exists() and not FileChunk.objects.exists()
        with pytest.raises(ExportNotFound):
            services.download(actor=world.partner, export_id=export.id, now=NOON)
        events = AuditEvent.objects.filter(subject=f"export:{export.id}").order_by("pk")
        assert [one.event for one in events] == [
            "exports.requested",
            "exports.made",
            "exports.deleted",
        ]


@pytest.mark.conformance("S1-147")
def test_a_file_is_deleted_by_itself_after_its_last_day(world: World, source: Source) -> None:
    export = ask(world)
    turn(world, source)
    assert export.expires_at == NOON + timedelta(days=30)
    with time_machine.travel(NOON + timedelta(days=29, hours=23), tick=False):
        tasks.delete_expired()
    assert text(world, export)
    # Late or not, nobody takes it after that.
    with world.inside(), pytest.raises(ExportNotFound):
        services.download(actor=world.partner, export_id=export.id, now=NOON + timedelta(days=30))
    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        tasks.delete_expired()
    with world.inside():
        assert not ExportFile.objects.exists() and not FileChunk.objects.exists()


def test_a_file_of_many_pieces_is_the_sum_of_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tessere.domains.files.steps.CHUNK_BYTES", 10)
    with world.inside():
        stored = files_steps.store(source=io.BytesIO(b"x" * 95), media_type="text/plain", now=NOON)
        assert stored.size_bytes == 95
        assert FileChunk.objects.filter(file_id=stored.id).count() == 10
        assert files.content_of(file_id=stored.id) == b"x" * 95


def test_each_tenant_has_its_turn(world: World, source: Source) -> None:
    other = make_world()
    asked = [(world, ask(world)), (other, ask(other))]
    with time_machine.travel(NOON, tick=False):
        assert tasks.make_exports({"numbers": source}) >= 2
    for tenant, export in asked:
        assert seen(tenant, export).state is ExportState.READY
