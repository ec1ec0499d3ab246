"""Which portals an account opens."""

from django.utils.translation import gettext_lazy as _

from tessere.domains.beneficiaries import queries as beneficiaries
from tessere.domains.partners import queries as partners
from tessere.foundation.actor import Audience
from tessere.foundation.errors import Refusal


class NoSpace(Refusal):
    """The account is good, but nobody gave it a place yet."""

    code = "gate.no_space"
    short_code = "CNX-07"
    message = _("Votre compte n’ouvre aucun espace pour le moment.")
    next_step = _("Écrivez-nous : nous verrons ce qui manque.")
    status = 403


def space_of(*, user_id: int, wanted: Audience) -> Audience | None:
    """The portal of a person: the one asked for if they may enter it, else their own."""
    own = []
    if partners.memberships_of(user_id=user_id):
        own.append(Audience.PARTNER)
    if beneficiaries.people_of(user_id=user_id):
        own.append(Audience.BENEFICIARY)
    return wanted if wanted in own else next(iter(own), None)
