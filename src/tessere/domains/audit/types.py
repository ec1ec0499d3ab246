from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tessere.foundation.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line for the journal. `event` is `room.what_happened`, `subject` is `room.model:id`."""

    event: str
    subject: str
    actor: Actor
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class EventRecord:
    """A line of the journal, as read back."""

    id: int
    at: datetime
    event: str
    subject: str
    user_id: int | None
    audience: str
    on_behalf_of: str
    address: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class BrokenSeal:
    """The first seal that no longer matches its events."""

    seal_id: int
    events_expected: int
    events_found: int
