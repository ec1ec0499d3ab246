from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class FileRecord:
    """A stored file, without its content."""

    id: int
    digest: str
    media_type: str
    size_bytes: int
