from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tessere.domains.ledger.steps import payable_account
from tessere.domains.partners.models import (
    Agreement,
    AgreementBenefit,
    BankAccount,
    CodeGuess,
    Member,
    Partner,
)
from tessere.domains.partners.queries import (
    partner_by_code,
    partner_by_id,
    partner_record,
)
from tessere.domains.partners.rules import (
    agreement_in_force,
    agreement_refusal,
    locks_entry,
    status_refusal,
    wait_after,
)
from tessere.domains.partners.types import (
    AgreementStatus,
    AgreementTerms,
    GuessState,
    NewPartner,
    PartnerRole,
    PartnerStatus,
    TooManyUnknownCodes,
    TypedEntryLocked,
)
from tessere.foundation.clock import local_date
from tessere.foundation.codes import make_partner_code
from tessere.foundation.sealing import sealer

__all__ = [
    "NewPartner",
    "agreement_in_force",
    "agreement_refusal",
    "check_typed_entry",
    "note_unknown_code",
    "partner_by_code",
    "partner_by_id",
    "status_refusal",
    "terms_for",
]


def terms_for(*, partner_ids: set[int], benefit_ids: set[int]) -> list[AgreementTerms]:
    """The agreements of these partners that hold any of these benefits, oldest first.

    One statement, whatever their number; the structures come with it.
    """
    links = (
        AgreementBenefit.objects.filter(
            agreement__partner_id__in=partner_ids, benefit_id__in=benefit_ids
        )
        .select_related("agreement__partner")
        .order_by("agreement_id")
    )
    agreements: dict[int, tuple[Agreement, set[int]]] = {}
    for link in links:
        agreements.setdefault(link.agreement_id, (link.agreement, set()))[1].add(link.benefit_id)
    return [
        AgreementTerms(
            id=agreement.pk,
            partner=partner_record(agreement.partner),
            benefit_ids=frozenset(benefits),
            status=AgreementStatus(agreement.status),
            payable_account_id=agreement.payable_account_id,
        )
        for agreement, benefits in agreements.values()
    ]


def check_typed_entry(*, subject: str, now: datetime) -> GuessState:
    """Raise while typed entry rests or is locked; gives the count of today's misses.

    `subject` is `partner:12` or `user:34`. One statement.
    """
    guess = CodeGuess.objects.filter(subject=subject).first()
    if guess is None:
        return GuessState(misses=0, locked=False)
    if guess.locked_at is not None:
        raise TypedEntryLocked
    if guess.day != local_date(now):
        return GuessState(misses=0, locked=False)
    rest = guess.last_miss + wait_after(misses=guess.misses) - now
    if rest.total_seconds() > 0:
        raise TooManyUnknownCodes(seconds=int(rest.total_seconds()) + 1)
    return GuessState(misses=guess.misses, locked=False)


def note_unknown_code(*, subject: str, now: datetime, lockable: bool) -> GuessState:
    """Count one unknown code; the 31st of a day locks typed entry when `lockable`.

    Locks: the subject's row. Source: decision D17.
    """
    guess, _made = CodeGuess.objects.select_for_update().get_or_create(
        subject=subject, defaults={"day": local_date(now), "last_miss": now}
    )
    if guess.day != local_date(now):
        guess.day, guess.misses = local_date(now), 0
    guess.misses += 1
    guess.last_miss = now
    newly_locked = lockable and guess.locked_at is None and locks_entry(misses=guess.misses)
    if newly_locked:
        guess.locked_at = now
    guess.save()
    return GuessState(misses=guess.misses, locked=newly_locked)


def reopen_typed_entry(*, subject: str) -> None:
    """Forget the misses of a subject and unlock its typed entry."""
    CodeGuess.objects.filter(subject=subject).update(misses=0, locked_at=None)


def add_partner(*, new: NewPartner, status: PartnerStatus, now: datetime) -> int:
    """Add a structure. Gives its id."""
    activity: dict[str, Any] = {}
    if new.activity_address is not None:
        activity = {
            "activity_street": new.activity_address.street,
            "activity_complement": new.activity_address.complement,
            "activity_postcode": new.activity_address.postcode,
            "activity_town": new.activity_address.town,
        }
    return Partner.objects.create(
        code=new.code or make_partner_code(),
        legal_name=new.legal_name,
        trade_name=new.trade_name,
        siret=new.siret,
        department=department_of(postcode=new.head_office.postcode),
        status=status,
        administrative_email=new.administrative_email,
        phone=new.phone,
        website=new.website,
        head_office_street=new.head_office.street,
        head_office_complement=new.head_office.complement,
        head_office_postcode=new.head_office.postcode,
        head_office_town=new.head_office.town,
        wants_mail=new.wants_mail,
        created_at=now,
        **activity,
    ).pk


def department_of(*, postcode: str) -> str:
    """The French department of a postcode; Corsica by its two halves, overseas by three digits."""
    if postcode.startswith(("97", "98")):
        return postcode[:3]
    if postcode.startswith("20"):
        return "2A" if postcode < "20200" else "2B"
    return postcode[:2]


def add_member(*, partner_id: int, user_id: int, role: PartnerRole) -> None:
    """Give a user a place in a structure."""
    Member.objects.create(partner_id=partner_id, user_id=user_id, role=role)


def set_bank_account(
    *, partner_id: int, holder_name: str, bank_name: str, iban: str, bic: str
) -> None:
    """Record the approved bank account of a structure; the IBAN is sealed at rest."""
    BankAccount.objects.create(
        partner_id=partner_id,
        holder_name=holder_name,
        bank_name=bank_name,
        iban_sealed=sealer().seal(iban),
        iban_end=iban[-4:],
        bic=bic,
    )


def set_wants_mail(*, partner_id: int, wants_mail: bool) -> None:
    """Whether a structure gets a mail for each operation."""
    Partner.objects.filter(pk=partner_id).update(wants_mail=wants_mail)


def set_status(*, partner_id: int, status: PartnerStatus) -> None:
    """Activate or suspend a structure."""
    Partner.objects.filter(pk=partner_id).update(status=status)


def accept_agreement(
    *,
    partner_id: int,
    authority_id: int,
    vintage_id: int,
    benefit_ids: Sequence[int],
    requested_on: date,
    signed_on: date,
    accepted_on: date,
    code: str = "",
) -> int:
    """Record an accepted agreement and open the partner's payable account with its payer.

    One account serves all agreements of a partner with one authority: nothing nets across payers.
    """
    owner = f"partner:{partner_id}:authority:{authority_id}"
    agreement = Agreement.objects.create(
        code=code or make_partner_code(),
        partner_id=partner_id,
        vintage_id=vintage_id,
        status=AgreementStatus.ACCEPTED,
        requested_on=requested_on,
        signed_on=signed_on,
        status_on=accepted_on,
        payable_account_id=payable_account(owner=owner),
    )
    AgreementBenefit.objects.bulk_create(
        AgreementBenefit(agreement=agreement, benefit_id=benefit_id) for benefit_id in benefit_ids
    )
    return agreement.pk


def set_agreement_status(*, agreement_id: int, status: AgreementStatus, on: date) -> None:
    """Suspend, terminate or otherwise move an agreement."""
    Agreement.objects.filter(pk=agreement_id).update(status=status, status_on=on)
