"""Mail on its way out. Whoever sends twice under one Message-ID has sent one mail."""

import re
from dataclasses import dataclass
from email.utils import formataddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

_LONGEST_SUBJECT = 200
_NOT_IN_HEADERS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


class MailRefused(Exception):
    """The mail server, or the mail's own headers, refuse this mail; others may pass."""


class MailServerAway(Exception):
    """The mail server cannot be reached; no mail passes."""


@dataclass(frozen=True, kw_only=True)
class OutgoingMail:
    """A mail of plain text."""

    message_id: str
    sender_name: str
    recipient: str
    reply_to: str
    subject: str
    text: str


class Mailer:
    """Sends mails over one connection, opened at the first and closed at the end of the block.

    A server that does not let us in is asked once in a block: each answer may take seconds.
    """

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None
        self._away: MailServerAway | None = None

    def __enter__(self) -> "Mailer":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._connection is not None:
            self._connection.close()

    def send(self, mail: OutgoingMail) -> None:
        """Hand a mail over. Errors: MailRefused, MailServerAway."""
        connection = self._open()
        try:
            _message(mail, connection).send()
        except (SMTPRecipientsRefused, SMTPSenderRefused) as error:
            raise MailRefused(str(error)) from error
        except SMTPResponseException as error:
            if error.smtp_code >= 500:
                raise MailRefused(str(error)) from error
            raise MailServerAway(str(error)) from error
        except (OSError, SMTPException) as error:
            self._connection = None
            raise MailServerAway(str(error)) from error
        except ValueError as error:
            # Django's word for a line break in a header.
            raise MailRefused(str(error)) from error

    def _open(self) -> BaseEmailBackend:
        if self._away is not None:
            raise self._away
        if self._connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (OSError, SMTPException) as error:
                # A wrong password of ours, too, stops every mail and not this one.
                self._away = MailServerAway(str(error))
                raise self._away from error
            self._connection = connection
        return self._connection


def _message(mail: OutgoingMail, connection: BaseEmailBackend) -> EmailMessage:
    return EmailMessage(
        subject=_one_line(mail.subject)[:_LONGEST_SUBJECT],
        body=mail.text,
        from_email=formataddr((_one_line(mail.sender_name), settings.DEFAULT_FROM_EMAIL)),
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        connection=connection,
    )


def _one_line(text: str) -> str:
    return _NOT_IN_HEADERS.sub(" ", text).strip()
