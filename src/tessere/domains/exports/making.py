"""The worker's part: a file is written page by page, and kept when it is whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from tempfile import TemporaryFile
from typing import Any, BinaryIO
from uuid import UUID, uuid4

import structlog
from django.db import transaction
from django.db.models import Q

from tessere.domains.audit import steps as audit
from tessere.domains.audit.types import Entry
from tessere.domains.exports import tables
from tessere.domains.exports.models import ExportFile
from tessere.domains.exports.queries import file_name
from tessere.domains.exports.types import MEDIA_TYPES, Definition, ExportState, FileKind, Table
from tessere.domains.files import steps as files
from tessere.foundation.actor import platform
from tessere.foundation.clock import now
from tessere.foundation.tenancy import required_tenant_id

log = structlog.get_logger(__name__)

# A worker that says nothing for so long is dead: another one begins the file anew.
LEASE = timedelta(seconds=60)
_PAUSE = timedelta(seconds=30)
MOST_ATTEMPTS = 3


class ClaimLost(Exception):
    """Another worker makes this file by now."""


@dataclass(frozen=True, kw_only=True)
class _Claim:
    export_id: int
    token: UUID
    kind: FileKind
    definition: str
    parameters: Mapping[str, Any]
    requested_at: datetime
    attempt: int

    @property
    def rows(self) -> Any:
        """The row, while the claim holds."""
        return ExportFile.objects.filter(pk=self.export_id, claim=self.token)


def make_next(*, definitions: Mapping[str, Definition]) -> bool:
    """Make the tenant's file that has waited longest; whether there was one.

    Locks: the row of the export, for the time of each page.
    """
    claim = _take_claim()
    if claim is None:
        return False
    try:
        with TemporaryFile() as target:
            _write(claim, definitions[claim.definition], target)
            target.seek(0)
            _keep(claim, target)
    except ClaimLost:
        log.warning("export_claim_lost", export=claim.export_id)
    except Exception:
        log.exception("export_failed", export=claim.export_id, attempt=claim.attempt)
        _give_back(claim)
    return True


def _take_claim() -> _Claim | None:
    at = now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=at)
    awaited = Q(state__in=[ExportState.REQUESTED, ExportState.RUNNING])
    with transaction.atomic():
        waiting = ExportFile.objects.filter(awaited, free).order_by("pk")
        export = waiting.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
        if export is None:
            return None
        export.state, export.claim, export.claimed_until = ExportState.RUNNING, uuid4(), at + LEASE
        export.attempts += 1
        export.rows_written = 0
        export.save()
    return _Claim(
        export_id=export.pk,
        token=export.claim,
        kind=FileKind(export.kind),
        definition=export.definition,
        parameters=export.parameters,
        requested_at=export.requested_at,
        attempt=export.attempts,
    )


def _write(claim: _Claim, definition: Definition, target: BinaryIO) -> None:
    with transaction.atomic():
        table = definition(claim.parameters, claim.requested_at)
    writer = tables.writer(kind=claim.kind, columns=table.columns, target=target)
    after, written = None, 0
    while True:
        with transaction.atomic():
            page = table.page(after)
            written += len(page.rows)
            _say_progress(claim, table, written)
        writer.add(page.rows)
        after = page.after
        if after is None:
            break
    writer.close()


def _say_progress(claim: _Claim, table: Table, written: int) -> None:
    held = claim.rows.update(
        rows_total=max(table.total, written),
        rows_written=written,
        claimed_until=now() + LEASE,
    )
    if not held:
        raise ClaimLost


def _keep(claim: _Claim, source: BinaryIO) -> None:
    with transaction.atomic():
        export = claim.rows.select_for_update(of=("self",), no_key=True).first()
        if export is None:
            raise ClaimLost
        at = now()
        stored = files.store(source=source, media_type=MEDIA_TYPES[claim.kind], now=at)
        export.state, export.file_id, export.size_bytes = (
            ExportState.READY,
            stored.id,
            stored.size_bytes,
        )
        # What came in while it was written is beyond its last row.
        export.rows_total = export.rows_written
        export.claim = export.claimed_until = None
        export.ended_at = at
        export.save()
        after = {"name": file_name(export), "rows": export.rows_written, "digest": stored.digest}
        entry = Entry(
            event="exports.made",
            subject=f"export:{export.pk}",
            actor=platform(tenant_id=required_tenant_id()),
            after=after,
        )
        audit.record(entries=[entry], now=at)


def _give_back(claim: _Claim) -> None:
    at = now()
    if claim.attempt >= MOST_ATTEMPTS:
        changes = {"state": ExportState.FAILED, "ended_at": at, "claimed_until": None}
    else:
        changes = {"state": ExportState.REQUESTED, "claimed_until": at + _PAUSE}
    with transaction.atomic():
        claim.rows.update(claim=None, **changes)
