from tessere.domains.exports.models import ExportFile
from tessere.domains.exports.types import ExportRecord
from tessere.foundation.use_case import reading


@reading
def exports_of(*, owner: str) -> list[ExportRecord]:
    """The exports of one owner (`partner:12`), newest first."""
    found = ExportFile.objects.filter(owner=owner).order_by("-requested_at", "-pk")
    return [
        ExportRecord(id=export.pk, name=export.name, requested_at=export.requested_at)
        for export in found
    ]
