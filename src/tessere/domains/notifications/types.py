from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, kw_only=True)
class NewMail:
    """A mail to send. `kind` names its template: `room/what_happened`; `context` is plain JSON."""

    kind: str
    recipient: str
    context: Mapping[str, Any] = field(default_factory=dict)


def partner_topic(partner_id: int | None) -> str:
    """The topic of what a structure's pages show."""
    return f"partner:{partner_id}"


def person_topic(beneficiary_id: int) -> str:
    """The topic of what the pages about a beneficiary show."""
    return f"person:{beneficiary_id}"


class Delivery(StrEnum):
    """What came of one turn of the relay."""

    NOTHING_DUE = "nothing_due"
    SENT = "sent"
    FAILED = "failed"
    SERVER_AWAY = "server_away"
