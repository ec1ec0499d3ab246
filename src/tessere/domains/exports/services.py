from datetime import datetime

from tessere.domains.audit import steps as audit
from tessere.domains.audit.types import Entry
from tessere.domains.exports import steps
from tessere.domains.exports.models import ExportFile
from tessere.domains.exports.queries import exports_of_owner, file_name
from tessere.domains.exports.types import (
    MEDIA_TYPES,
    ExportBeingMade,
    ExportContent,
    ExportNotFound,
    ExportNotReady,
    ExportState,
    FileKind,
    owner_of,
)
from tessere.foundation.actor import Actor
from tessere.foundation.use_case import use_case


def _locked(*, actor: Actor, export_id: int) -> ExportFile:
    found = exports_of_owner(owner_of(actor)).filter(pk=export_id)
    export = found.select_for_update(of=("self",), no_key=True).first()
    if export is None:
        raise ExportNotFound
    return export


@use_case("exports.download")
def download(*, actor: Actor, export_id: int, now: datetime) -> ExportContent:
    """Hand a file of the actor's structure over, and write into the journal that it was taken.

    Errors: ExportNotFound for another owner's and for one past its last day, ExportNotReady.
    """
    export = _locked(actor=actor, export_id=export_id)
    if export.expires_at <= now:
        raise ExportNotFound
    if export.state != ExportState.READY or export.file_id is None:
        raise ExportNotReady
    entry = Entry(
        event="exports.downloaded",
        subject=f"export:{export.pk}",
        actor=actor,
        after={"name": file_name(export)},
    )
    audit.record(entries=[entry], now=now)
    return ExportContent(
        name=file_name(export),
        media_type=MEDIA_TYPES[FileKind(export.kind)],
        size_bytes=export.size_bytes,
        file_id=export.file_id,
    )


@use_case("exports.delete")
def delete(*, actor: Actor, export_id: int, now: datetime) -> None:
    """Delete a file of the actor's structure, and its content with it.

    Errors: ExportNotFound for another owner's and for one that is gone, ExportBeingMade.
    """
    export = _locked(actor=actor, export_id=export_id)
    if export.state in {ExportState.REQUESTED, ExportState.RUNNING}:
        raise ExportBeingMade
    steps.forget(export)
    entry = Entry(
        event="exports.deleted",
        subject=f"export:{export_id}",
        actor=actor,
        before={"name": file_name(export)},
    )
    audit.record(entries=[entry], now=now)
