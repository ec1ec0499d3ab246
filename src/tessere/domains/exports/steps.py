from datetime import datetime
from uuid import UUID

from tessere.domains.audit import steps as audit
from tessere.domains.audit.types import Entry
from tessere.domains.exports import tables
from tessere.domains.exports.models import ExportFile
from tessere.domains.exports.queries import export_record
from tessere.domains.exports.types import (
    MEDIA_TYPES,
    MOST_ROWS,
    ExportKeyReused,
    ExportRecord,
    FileKind,
    Table,
    TooManyRows,
    owner_of,
)
from tessere.domains.files import steps as files
from tessere.foundation.actor import Actor


def make(
    *,
    actor: Actor,
    key: UUID,
    request_digest: str,
    table: Table,
    kind: FileKind,
    now: datetime,
) -> ExportRecord:
    """Write a table into a file of the actor's structure; the same key gives the same file.

    Errors: ExportKeyReused, TooManyRows.
    """
    owner = owner_of(actor)
    earlier = ExportFile.objects.filter(owner=owner, key=key).first()
    if earlier is not None:
        return _same_request(earlier, request_digest)
    if table.total > MOST_ROWS:
        raise TooManyRows(total=_grouped(table.total), most=_grouped(MOST_ROWS))
    content = tables.write(table, kind)
    media_type = MEDIA_TYPES[kind]
    made, is_new = ExportFile.objects.get_or_create(
        owner=owner,
        key=key,
        defaults={
            "requested_by_id": actor.user_id,
            "name": f"{table.title}.{kind}",
            "requested_at": now,
            "request_digest": request_digest,
            "digest": files.store(content=content, media_type=media_type, now=now),
            "media_type": media_type,
            "size_bytes": len(content),
        },
    )
    if is_new:
        after = {"name": made.name, "rows": table.total, "digest": made.digest}
        entry = Entry(event="exports.made", subject=f"export:{made.pk}", actor=actor, after=after)
        audit.record(entries=[entry], now=now)
    return _same_request(made, request_digest)


def _same_request(made: ExportFile, request_digest: str) -> ExportRecord:
    if made.request_digest != request_digest:
        raise ExportKeyReused
    return export_record(made)


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", "\u202f")
