from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class FileRecord:
    """A stored file with its content."""

    digest: str
    media_type: str
    content: bytes
