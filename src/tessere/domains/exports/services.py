from datetime import datetime

from tessere.domains.audit import steps as audit
from tessere.domains.audit.types import Entry
from tessere.domains.exports.models import ExportFile
from tessere.domains.exports.types import ExportContent, ExportNotFound, owner_of
from tessere.domains.files import queries as files
from tessere.foundation.actor import Actor
from tessere.foundation.use_case import use_case


@use_case("exports.download")
def download(*, actor: Actor, export_id: int, now: datetime) -> ExportContent:
    """Hand a file of the actor's structure over, and write into the journal that it was taken.

    Errors: ExportNotFound for another owner's.
    """
    export = ExportFile.objects.filter(owner=owner_of(actor), pk=export_id).first()
    stored = export and files.file_by_digest(digest=export.digest)
    if export is None or stored is None:
        raise ExportNotFound
    entry = Entry(
        event="exports.downloaded",
        subject=f"export:{export.pk}",
        actor=actor,
        after={"name": export.name, "digest": export.digest},
    )
    audit.record(entries=[entry], now=now)
    return ExportContent(name=export.name, media_type=export.media_type, content=stored.content)
