import hashlib
from datetime import datetime
from typing import BinaryIO

from tessere.domains.files.models import FileChunk, StoredFile
from tessere.domains.files.types import FileRecord

# Read and written piece by piece, a file of any size takes the memory of one piece.
CHUNK_BYTES = 512 * 1024


def store(*, source: BinaryIO, media_type: str, now: datetime) -> FileRecord:
    """Keep what can be read from `source`, from where it stands."""
    stored = StoredFile.objects.create(
        media_type=media_type, digest="", size_bytes=0, stored_at=now
    )
    digest, position = hashlib.sha256(), 0
    while content := source.read(CHUNK_BYTES):
        digest.update(content)
        stored.size_bytes += len(content)
        FileChunk.objects.create(file=stored, position=position, content=content)
        position += 1
    stored.digest = digest.hexdigest()
    stored.save(update_fields=["digest", "size_bytes"])
    return FileRecord(
        id=stored.pk,
        digest=stored.digest,
        media_type=stored.media_type,
        size_bytes=stored.size_bytes,
    )


def delete(*, file_id: int) -> None:
    """Forget a file. Whoever refers to it has let go of it before."""
    FileChunk.objects.filter(file_id=file_id).delete()
    StoredFile.objects.filter(pk=file_id).delete()
