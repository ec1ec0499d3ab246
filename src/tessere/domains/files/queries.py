from tessere.domains.files.models import StoredFile
from tessere.domains.files.types import FileRecord
from tessere.foundation.use_case import reading


@reading
def file_by_digest(*, digest: str) -> FileRecord | None:
    """A file of the tenant."""
    found = StoredFile.objects.filter(digest=digest).first()
    if found is None:
        return None
    return FileRecord(
        digest=found.digest, media_type=found.media_type, content=bytes(found.content)
    )
