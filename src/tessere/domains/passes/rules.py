from datetime import date, datetime, timedelta

from tessere.domains.passes.types import BalanceTooLow, PurseTerms, VintageNotOpen
from tessere.domains.programmes.types import VintageTerms
from tessere.foundation.clock import local_date
from tessere.foundation.errors import Refusal
from tessere.foundation.money import format_euros


def vintage_refusal(*, vintage: VintageTerms, now: datetime) -> Refusal | None:
    """Why nothing can be spent in this vintage at this instant, if so."""
    if vintage.is_open_on(local_date(now)):
        return None
    return VintageNotOpen(vintage=vintage.label)


def balance_refusal(*, purse: PurseTerms, amount_cents: int) -> Refusal | None:
    """Why this amount cannot be taken from the purse, if so."""
    if amount_cents <= purse.available_cents:
        return None
    return BalanceTooLow(available=format_euros(purse.available_cents), benefit=purse.benefit.name)


def voucher_last_day(*, vintage: VintageTerms, days: int, now: datetime) -> date:
    """The last day on which a bon made now is valid: never past its vintage."""
    return min(local_date(now) + timedelta(days=days), vintage.ends_on)
