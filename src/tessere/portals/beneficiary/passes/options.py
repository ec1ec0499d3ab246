"""With what the account can pay a structure: its purses, and why some cannot be chosen."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tessere.domains.partners import queries as partners
from tessere.domains.partners.types import NoAgreement, PartnerRecord
from tessere.domains.passes import queries as passes
from tessere.domains.passes.types import BalanceTooLow, PurseRecord
from tessere.foundation.actor import Actor
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
    *, actor: Actor, partner: PartnerRecord | None, preferred: str, today: date
) -> list[PurseOption]:
    """The purses open today, those that can be chosen first; the preferred person's first of all.

    Without a structure, every purse with something left can be chosen.
    """
    open_passes = [
        one
        for one in passes.passes_of(beneficiary_ids=actor.beneficiary_ids)
        if one.vintage.is_open_on(today)
    ]
    accepted = partners.benefits_accepted_by(partner_id=partner.id) if partner else None
    several = len({one.beneficiary.id for one in open_passes}) > 1
    options = [
        PurseOption(
            purse=purse,
            **_obstacle(purse, partner=partner, accepted=accepted),
            more=one.beneficiary.first_name if several else "",
        )
        for one in open_passes
        for purse in one.purses
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


def _obstacle(
    purse: PurseRecord, *, partner: PartnerRecord | None, accepted: frozenset[int] | None
) -> dict[str, str]:
    if accepted is not None and purse.benefit.id not in accepted:
        assert partner is not None
        reason = _("%(partner)s ne le prend pas") % {"partner": partner.name}
        return {"reason": reason, "short_code": NoAgreement.short_code}
    if purse.available_cents <= 0:
        return {"reason": _("il ne reste rien"), "short_code": BalanceTooLow.short_code}
    return {"reason": "", "short_code": ""}
