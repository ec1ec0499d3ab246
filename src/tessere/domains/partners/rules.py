from collections.abc import Iterable
from datetime import timedelta

from tessere.domains.partners.types import (
    AGREEMENT_STATUS_WORDS,
    AgreementNotInForce,
    AgreementStatus,
    AgreementTerms,
    NoAgreement,
    PartnerRecord,
    PartnerStatus,
    PartnerSuspended,
)
from tessere.domains.programmes.types import BenefitTerms, VintageTerms
from tessere.foundation.errors import Refusal

FREE_MISSES = 10
MISSES_BEFORE_LOCK = 30
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=2)


def wait_after(*, misses: int) -> timedelta:
    """How long typed entry rests after so many unknown codes in a day (decision D17)."""
    if misses < FREE_MISSES:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(misses - FREE_MISSES, 10), LONGEST_WAIT)


def locks_entry(*, misses: int) -> bool:
    """Whether so many unknown codes in a day lock typed entry: the 31st does."""
    return misses > MISSES_BEFORE_LOCK


def status_refusal(*, partner: PartnerRecord) -> Refusal | None:
    """Why this structure may not accept anything at present, if so."""
    if partner.status is PartnerStatus.ACTIVE:
        return None
    return PartnerSuspended(partner=partner.name)


def agreement_in_force(
    *, terms: Iterable[AgreementTerms], partner_id: int, benefit: BenefitTerms
) -> AgreementTerms | None:
    """The accepted agreement of a partner that holds this benefit.

    A benefit belongs to one vintage, so the vintage is checked with it.
    """
    return next(
        (
            one
            for one in terms
            if one.partner.id == partner_id
            and benefit.id in one.benefit_ids
            and one.status is AgreementStatus.ACCEPTED
        ),
        None,
    )


def agreement_refusal(
    *,
    terms: Iterable[AgreementTerms],
    partner: PartnerRecord,
    benefit: BenefitTerms,
    vintage: VintageTerms,
) -> Refusal | None:
    """Why this partner may not accept this benefit in this vintage, if so (S1-75)."""
    terms = list(terms)
    if agreement_in_force(terms=terms, partner_id=partner.id, benefit=benefit) is not None:
        return None
    ended = [one for one in terms if one.partner.id == partner.id and benefit.id in one.benefit_ids]
    if ended:
        return AgreementNotInForce(
            partner=partner.name,
            benefit=benefit.name,
            state=AGREEMENT_STATUS_WORDS[ended[-1].status].lower(),
        )
    return NoAgreement(partner=partner.name, benefit=benefit.name, vintage=vintage.label)
