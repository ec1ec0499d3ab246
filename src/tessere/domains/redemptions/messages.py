"""The mails of this room: plain values for the templates beside, one mail for each side."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tessere.domains.notifications.types import NewMail
from tessere.domains.partners.types import PartnerRecord
from tessere.domains.passes.types import PurseTerms


def _facts(
    *,
    number: str,
    amount_cents: int,
    purse: PurseTerms,
    partner: PartnerRecord,
    at: datetime,
) -> dict[str, Any]:
    return {
        "number": number,
        "amount_cents": amount_cents,
        "benefit": purse.benefit.name,
        "beneficiary": purse.beneficiary.full_name,
        "partner": partner.name,
        "town": partner.place.town,
        "at": at.isoformat(),
    }


def about(
    *,
    event: str,
    number: str,
    amount_cents: int,
    purse: PurseTerms,
    partner: PartnerRecord,
    at: datetime,
) -> list[NewMail]:
    """The mails about an operation, `accepted` or `cancelled`: one to each side that wants it."""
    facts = _facts(number=number, amount_cents=amount_cents, purse=purse, partner=partner, at=at)
    mails = []
    if partner.wants_mail and partner.contact_email:
        mails.append(
            NewMail(
                kind=f"redemptions/{event}_partner",
                recipient=partner.contact_email,
                context=facts,
            )
        )
    if purse.mail_to:
        mails.append(
            NewMail(
                kind=f"redemptions/{event}_beneficiary",
                recipient=purse.mail_to,
                context=facts | {"available_cents": purse.available_cents},
            )
        )
    return mails


def typed_entry_locked(
    *, partner: PartnerRecord, recipients: Iterable[str], misses: int, at: datetime
) -> list[NewMail]:
    """The alert to each address that so many unknown numbers locked a structure's typed entry."""
    context = {"partner": partner.name, "misses": misses, "at": at.isoformat()}
    return [
        NewMail(kind="redemptions/typed_entry_locked", recipient=recipient, context=context)
        for recipient in dict.fromkeys(filter(None, recipients))
    ]
