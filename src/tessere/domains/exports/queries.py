from tessere.domains.exports.models import ExportFile
from tessere.domains.exports.types import ExportRecord
from tessere.foundation.use_case import reading


def export_record(export: ExportFile) -> ExportRecord:
    """The plain values of a row."""
    return ExportRecord(
        id=export.pk,
        name=export.name,
        requested_at=export.requested_at,
        size_bytes=export.size_bytes,
    )


@reading
def exports_of(*, owner: str) -> list[ExportRecord]:
    """The exports of one owner (`partner:12`), newest first."""
    found = ExportFile.objects.filter(owner=owner).order_by("-requested_at", "-pk")
    return [export_record(export) for export in found]
