from datetime import datetime, timedelta
from uuid import UUID

from tessere.domains.audit import steps as audit
from tessere.domains.audit.types import Entry
from tessere.domains.exports.models import ExportFile
from tessere.domains.exports.queries import export_record, file_name
from tessere.domains.exports.types import ExportKeyReused, ExportRecord, Wish, owner_of
from tessere.domains.files import steps as files
from tessere.foundation.actor import Actor

# A file holds names and amounts of people: it does not stay for longer than it is of use.
KEPT_FOR = timedelta(days=30)


def request(*, actor: Actor, key: UUID, wish: Wish, now: datetime) -> ExportRecord:
    """Ask for a file of the actor's structure; the same key asks for it once.

    Errors: ExportKeyReused.
    """
    values = {
        "definition": wish.definition,
        "parameters": dict(wish.parameters),
        "kind": wish.kind.value,
    }
    export, is_new = ExportFile.objects.get_or_create(
        owner=owner_of(actor),
        key=key,
        defaults=values
        | {
            "title": wish.title,
            "requested_by_id": actor.user_id,
            "requested_at": now,
            "expires_at": now + KEPT_FOR,
        },
    )
    if any(getattr(export, name) != value for name, value in values.items()):
        raise ExportKeyReused
    if is_new:
        after = {"name": file_name(export), "parameters": dict(wish.parameters)}
        entry = Entry(
            event="exports.requested", subject=f"export:{export.pk}", actor=actor, after=after
        )
        audit.record(entries=[entry], now=now)
    return export_record(export)


def forget(export: ExportFile) -> None:
    """Take a row away, then the content that it refers to."""
    ExportFile.objects.filter(pk=export.pk).delete()
    if export.file_id is not None:
        files.delete(file_id=export.file_id)
