"""With what the account can pay a structure: its purses, and why some cannot be chosen."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tessere.domains.partners.types import PartnerRecord
from tessere.domains.passes import queries as passes
from tessere.domains.passes.types import BalanceTooLow, PurseRecord
from tessere.foundation.actor import Actor
from tessere.foundation.errors import Refusal
from tessere.foundation.money import format_euros
from tessere.ui.types import Choice


@dataclass(frozen=True, kw_only=True)
class PurseOption:
    """A purse to pay with; `reason` says why it cannot be chosen, `short_code` is to be quoted."""

    purse: PurseRecord
    reason: str
    short_code: str
    more: str

    @property
    def choice(self) -> tuple[str, Choice]:
        """The option as a form shows it."""
        return str(self.purse.id), Choice(
            label=self.purse.benefit.name,
            more=", ".join(part for part in (self.more, self.reason) if part),
            side=format_euros(self.purse.available_cents),
            icon=self.purse.benefit.icon,
            tone=self.purse.benefit.tile,
            disabled=bool(self.reason),
        )


def purse_options(
    *, actor: Actor, partner: PartnerRecord | None, preferred: str, now: datetime
) -> list[PurseOption]:
    """The purses open today, those that can be chosen first; the preferred person's first of all.

    Without a structure, every purse with something left can be chosen.
    """
    choices = passes.purses_to_spend(
        beneficiary_ids=actor.beneficiary_ids, partner=partner, now=now
    )
    several = len({one.purse.beneficiary.id for one in choices}) > 1
    options = [
        PurseOption(
            purse=one.purse,
            reason=_reason(one.refusal, partner),
            short_code=one.refusal.short_code if one.refusal else "",
            more=one.purse.beneficiary.first_name if several else "",
        )
        for one in choices
    ]
    person = next(
        (one.purse.beneficiary.id for one in options if str(one.purse.id) == preferred), None
    )
    return sorted(options, key=lambda one: (bool(one.reason), one.purse.beneficiary.id != person))


def first_choice(options: list[PurseOption], *, preferred: str) -> str:
    """What is chosen beforehand: what the person asked for, or the only possibility."""
    possible = [str(one.purse.id) for one in options if not one.reason]
    if preferred in possible:
        return preferred
    return possible[0] if len(possible) == 1 else ""


def _reason(refusal: Refusal | None, partner: PartnerRecord | None) -> str:
    """A refusal in the few words that have room beside an option."""
    if refusal is None:
        return ""
    if isinstance(refusal, BalanceTooLow) or partner is None:
        return _("il ne reste rien")
    return _("%(partner)s ne le prend pas") % {"partner": partner.name}
