from tessere.domains.files.models import FileChunk, StoredFile
from tessere.domains.files.types import FileRecord
from tessere.foundation.use_case import reading


@reading
def file_by_digest(*, digest: str) -> FileRecord | None:
    """A file of the tenant with this content."""
    found = StoredFile.objects.filter(digest=digest).order_by("pk").first()
    if found is None:
        return None
    return FileRecord(
        id=found.pk, digest=found.digest, media_type=found.media_type, size_bytes=found.size_bytes
    )


@reading
def chunk(*, file_id: int, position: int) -> bytes:
    """The piece of a file at a position, counted from 0; nothing after the last one."""
    found = FileChunk.objects.filter(file_id=file_id, position=position).first()
    return bytes(found.content) if found else b""


def content_of(*, file_id: int) -> bytes:
    """The whole of a small file."""
    pieces, position = [], 0
    while piece := chunk(file_id=file_id, position=position):
        pieces.append(piece)
        position += 1
    return b"".join(pieces)
