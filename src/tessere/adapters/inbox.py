"""Mail of a development machine: kept as files, one folder for each tenant's host, and read again.

The host is taken from the Message-ID that a mail carries, and so is the name of its file: a mail
that is sent again with the same Message-ID replaces itself, as a mailbox would show it once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage as OutgoingMail
from django.core.mail.backends.base import BaseEmailBackend

_MESSAGE_ID = re.compile(r"<([^<>@\s]+)@([a-zA-Z0-9.-]+)>")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]")
_NO_HOST = "unknown"


@dataclass(frozen=True, kw_only=True)
class ReceivedMail:
    """A mail of the local inbox."""

    name: str
    subject: str
    recipient: str
    sender: str
    sent_at: datetime | None
    text: str


class InboxBackend(BaseEmailBackend):
    """Django's mail backend that writes to the local inbox."""

    def send_messages(self, email_messages: Sequence[OutgoingMail]) -> int:
        """Keep the mails; gives their number."""
        for mail in email_messages:
            message = mail.message()
            found = _MESSAGE_ID.fullmatch(str(message["Message-ID"]).strip())
            name, host = found.groups() if found else ("mail", _NO_HOST)
            folder = _folder(host)
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{_NOT_IN_NAMES.sub('-', name)}.eml"
            fresh = path.with_suffix(".part")
            fresh.write_bytes(message.as_bytes())
            fresh.replace(path)
        return len(email_messages)


def received(*, host: str, limit: int = 100) -> list[ReceivedMail]:
    """The last mails of a tenant's host, newest first."""
    files = sorted(
        _folder(host).glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True
    )
    return [_read(path) for path in files[:limit]]


def _folder(host: str) -> Path:
    return Path(settings.EMAIL_FILE_PATH) / _NOT_IN_NAMES.sub("-", host.lower()).strip(".")


def _read(path: Path) -> ReceivedMail:
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(path.read_bytes())
    body = message.get_body(preferencelist=("plain", "html"))
    date = message["Date"]
    return ReceivedMail(
        name=path.stem,
        subject=str(message["Subject"]),
        recipient=str(message["To"]),
        sender=str(message["From"]),
        sent_at=date.datetime if date is not None else None,
        text=str(body.get_content()) if body is not None else "",
    )
