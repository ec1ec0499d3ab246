from typing import Any

from tessere.domains.exports.models import ExportFile
from tessere.domains.exports.types import ExportPage, ExportRecord, ExportState
from tessere.foundation.use_case import reading


def export_record(export: ExportFile) -> ExportRecord:
    """The plain values of a row."""
    return ExportRecord(
        id=export.pk,
        name=file_name(export),
        requested_at=export.requested_at,
        state=ExportState(export.state),
        rows_total=export.rows_total,
        rows_written=export.rows_written,
        size_bytes=export.size_bytes,
        expires_at=export.expires_at,
    )


def file_name(export: ExportFile) -> str:
    """What the file is called on the disk of who takes it."""
    return f"{export.title}.{export.kind}"


def exports_of_owner(owner: str) -> Any:
    """The rows of one owner, newest first."""
    return ExportFile.objects.filter(owner=owner).order_by("-requested_at", "-pk")


@reading
def exports_of(*, owner: str, page: int, size: int) -> ExportPage:
    """The exports of one owner (`partner:12`), newest first; a page too far is the last one."""
    found = exports_of_owner(owner)
    total = found.count()
    start = size * (min(page, max(1, -(-total // size))) - 1)
    rows = found[start : start + size]
    return ExportPage(rows=[export_record(export) for export in rows], total=total)


@reading
def export_of(*, owner: str, export_id: int) -> ExportRecord | None:
    """One export of one owner."""
    found = exports_of_owner(owner).filter(pk=export_id).first()
    return export_record(found) if found else None
