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


class PartnersOnly(Refusal):
    """Somebody who is no partner opened a page of the partners' portal."""

    code = "gate.partners_only"
    short_code = "TES-06"
    message = _("Cette page est celle des partenaires.")
    next_step = _("Revenez à votre espace, ou entrez avec le compte d’un partenaire.")
    status = 403


class ShowItToThePartner(PartnersOnly):
    """A beneficiary opened the QR code of a bon, which a partner should scan."""

    code = "gate.show_it_to_the_partner"
    message = _("Montrez ce bon à l’accueil du partenaire.")
    next_step = _(
        "C’est lui qui scanne ce QR code, ou tape le numéro du bon. Vous êtes partenaire ? "
        "Entrez avec le compte de votre structure."
    )


class BeneficiariesOnly(Refusal):
    """Somebody who is no beneficiary opened a page of the beneficiaries' portal."""

    code = "gate.beneficiaries_only"
    short_code = "TES-07"
    message = _("C’est la page des bénéficiaires.")
    next_step = _("Revenez à votre espace, ou entrez avec le compte d’un bénéficiaire.")
    status = 403


class LetTheBeneficiaryScan(BeneficiariesOnly):
    """A partner opened the QR code of a structure, which a beneficiary should scan."""

    code = "gate.let_the_beneficiary_scan"
    next_step = _(
        "Laissez la personne scanner ce QR code avec son téléphone : elle vous paie ainsi. Pour "
        "payer vous-même, entrez avec votre compte de bénéficiaire."
    )


def space_of(*, user_id: int, wanted: Audience) -> Audience | None:
    """The portal of a person: the one asked for if they may enter it, else their own."""
    own = []
    if partners.memberships_of(user_id=user_id):
        own.append(Audience.PARTNER)
    if beneficiaries.people_of(user_id=user_id):
        own.append(Audience.BENEFICIARY)
    return wanted if wanted in own else next(iter(own), None)
