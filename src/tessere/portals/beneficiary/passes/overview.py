"""What the home page shows of a person's passes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tessere.domains.partners import queries as partners
from tessere.domains.partners.types import PartnerRecord
from tessere.domains.passes import queries as passes
from tessere.domains.passes.types import PassRecord, PurseRecord
from tessere.domains.redemptions import queries as redemptions
from tessere.domains.redemptions.types import RedemptionRecord
from tessere.foundation.actor import Actor
from tessere.foundation.clock import local_date
from tessere.foundation.money import format_euros
from tessere.ui.text import date_long

PAY = "beneficiary:redemptions:pay"
SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class PurseTile:
    """A balance as the home page draws it."""

    purse: PurseRecord
    places: str
    foot: str
    pay_url: str


@dataclass(frozen=True, kw_only=True)
class Operation:
    """An operation with the structure it went to."""

    redemption: RedemptionRecord
    partner: PartnerRecord


def home_context(*, actor: Actor, person: str, now: datetime) -> dict[str, Any]:
    """One person's passes, balances and last operations; the first person's by default."""
    holder_passes = passes.passes_of(beneficiary_ids=actor.beneficiary_ids)
    people = list({one.beneficiary.id: one.beneficiary for one in holder_passes}.values())
    chosen = next((one for one in people if str(one.id) == person), people[0] if people else None)
    if chosen is None:
        return {"chosen": None}
    today = local_date(now)
    own = [one for one in holder_passes if one.beneficiary.id == chosen.id]
    shown = [one for one in own if one.vintage.is_open_on(today)] or own[:1]
    left = sum(one.available_cents for one in shown)
    return {
        "chosen": chosen,
        "people": people if len(people) > 1 else [],
        "passes": shown,
        "left": left,
        "reason": _why_not(shown=shown, left=left, today=today),
        "first_purse": next(
            (purse.id for one in shown for purse in one.purses if purse.available_cents), 0
        ),
        "purses": _tiles(shown, today=today),
        "last": operations(frozenset({chosen.id}), page=1, size=SHOWN)[0],
    }


def operations(
    beneficiary_ids: frozenset[int], *, page: int, size: int
) -> tuple[list[Operation], int]:
    """Operations of these people, newest first, with their number."""
    found = redemptions.redemptions_of_people(beneficiary_ids=beneficiary_ids, page=page, size=size)
    payees = partners.partners_by_id(partner_ids={row.partner_id for row in found.rows})
    rows = [Operation(redemption=row, partner=payees[row.partner_id]) for row in found.rows]
    return rows, found.total


def _why_not(*, shown: list[PassRecord], left: int, today: date) -> str:
    """Why nothing can be spent, in words; empty when something can."""
    vintage = shown[0].vintage
    if not vintage.is_open_on(today):
        if today < vintage.starts_on:
            words = _("Le pass ouvre le %(day)s.")
            return words % {"day": date_long(vintage.starts_on)}
        if today > vintage.ends_on:
            return _("Ce pass s’est terminé le %(day)s.") % {"day": date_long(vintage.ends_on)}
        return _("Ce pass n’est pas ouvert en ce moment.")
    if left == 0:
        return _("Il ne reste rien à utiliser sur ce pass.")
    return ""


def _tiles(shown: list[PassRecord], *, today: date) -> list[PurseTile]:
    purses = [(one, purse) for one in shown for purse in one.purses]
    last = redemptions.last_of_purses(purse_ids={purse.id for _pass, purse in purses})
    payees = partners.partners_by_id(partner_ids={one.partner_id for one in last.values()})
    places = partners.places_by_benefit(benefit_ids={purse.benefit.id for _pass, purse in purses})
    several = len({one.vintage.id for one in shown}) > 1
    return [
        PurseTile(
            purse=purse,
            places=_places(places.get(purse.benefit.id, 0), one if several else None),
            foot=_foot(purse, last.get(purse.id), payees),
            pay_url=f"{reverse(PAY)}?purse={purse.id}"
            if purse.available_cents > 0 and one.vintage.is_open_on(today)
            else "",
        )
        for one, purse in purses
    ]


def _places(count: int, holder_pass: PassRecord | None) -> str:
    words = ngettext("%(count)s lieu", "%(count)s lieux", count) % {"count": count}
    if holder_pass is None:
        return words
    return f"{holder_pass.vintage.programme_name} {holder_pass.vintage.label}, {words}"


def _foot(
    purse: PurseRecord, last: RedemptionRecord | None, payees: dict[int, PartnerRecord]
) -> str:
    if purse.held_cents:
        words = _("Réservé dans vos bons d’échange : %(held)s.")
        return words % {"held": format_euros(purse.held_cents)}
    if last is None:
        return _("Pas encore utilisé.")
    words = _("Dernière fois : le %(day)s, %(amount)s, %(partner)s")
    return words % {
        "day": date_long(last.accepted_at),
        "amount": format_euros(last.amount_cents),
        "partner": payees[last.partner_id].name,
    }
