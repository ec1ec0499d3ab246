import hashlib
import json
from collections.abc import Iterable

from tessere.domains.audit.types import EventRecord

FIRST_DIGEST = "0" * 64


def chained_digest(*, previous: str, events: Iterable[EventRecord]) -> str:
    """The hash of the former digest and of these events, in the order given."""
    chain = hashlib.sha256(previous.encode())
    for event in events:
        line = [
            event.id,
            event.at.isoformat(),
            event.event,
            event.subject,
            event.user_id,
            event.audience,
            event.on_behalf_of,
            event.address,
            event.before,
            event.after,
        ]
        chain.update(json.dumps(line, sort_keys=True, ensure_ascii=False).encode())
        chain.update(b"\n")
    return chain.hexdigest()
