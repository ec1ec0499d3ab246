import hashlib
from datetime import datetime

from tessere.domains.files.models import StoredFile


def store(*, content: bytes, media_type: str, now: datetime) -> str:
    """Keep a file; gives its digest, the same for the same content."""
    digest = hashlib.sha256(content).hexdigest()
    StoredFile.objects.get_or_create(
        digest=digest,
        defaults={"content": content, "media_type": media_type, "stored_at": now},
    )
    return digest
