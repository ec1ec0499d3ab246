import hashlib
import json


def request_digest(**request: object) -> str:
    """A hash of what was asked, to tell a retry from another request under the same key."""
    text = json.dumps(request, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
