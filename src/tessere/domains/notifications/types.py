from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from tessere.foundation.errors import Refusal


@dataclass(frozen=True, kw_only=True)
class NewMail:
    """A mail to send. `kind` names its template: `room/what_happened`; `context` is plain JSON.

    An answer goes to the tenant's first contact point, unless the context names a `reply_to`.
    """

    kind: str
    recipient: str
    context: Mapping[str, Any] = field(default_factory=dict)


def partner_topic(partner_id: int | None) -> str:
    """The topic of what a structure's pages show."""
    return f"partner:{partner_id}"


def person_topic(beneficiary_id: int) -> str:
    """The topic of what the pages about a beneficiary show."""
    return f"person:{beneficiary_id}"


@dataclass(frozen=True, kw_only=True)
class Message:
    """What a person writes to a contact point; `point` is its place in the list, from 0."""

    point: int
    name: str
    email: str
    text: str


class TooManyMessages(Refusal):
    """The form of a tenant was used very often within an hour."""

    code = "notifications.too_many_messages"
    short_code = "MSG-01"
    message = _("Trop de messages sont partis d’ici depuis une heure. Le vôtre n’est pas envoyé.")
    next_step = _("Gardez votre texte et écrivez-nous par mail, ou appelez-nous.")
    status = 429


class NobodyThere(Refusal):
    """The contact point is not there, or not any more."""

    code = "notifications.nobody_there"
    short_code = "MSG-02"
    message = _("Ce service n’est plus dans la liste. Le message n’est pas envoyé.")
    next_step = _("Choisissez un service de la liste.")
    status = 400


class Delivery(StrEnum):
    """What came of one turn of the relay."""

    NOTHING_DUE = "nothing_due"
    SENT = "sent"
    FAILED = "failed"
    SERVER_AWAY = "server_away"
