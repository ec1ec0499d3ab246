from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class ExportRecord:
    """An export as its owner sees it."""

    id: int
    name: str
    requested_at: datetime
