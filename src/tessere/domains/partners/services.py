from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from stdnum.exceptions import ValidationError
from stdnum.fr import siret

from tessere.domains.audit import steps as audit
from tessere.domains.audit.types import Entry
from tessere.domains.identity import steps as identity
from tessere.domains.partners.models import Partner
from tessere.domains.partners.steps import add_member, add_partner
from tessere.domains.partners.types import (
    NewPartner,
    PartnerRole,
    PartnerStatus,
    SiretInvalid,
    SiretTaken,
)
from tessere.foundation.actor import Actor
from tessere.foundation.use_case import use_case


@use_case("partners.register", redraw=("partners_partner_code_unique",))
def register(
    *, actor: Actor, new: NewPartner, first_name: str, last_name: str, now: datetime
) -> SiretTaken | None:
    """Record the request of a structure to become a partner, and invite its first administrator.

    The structure is pending: it has no right until it is accepted (decision D5, S1-20). A SIRET is
    public, so whoever registers learns that it is known, and nothing else: not who has registered
    it, nor whether the address has an account. An address that has one gets a structure without
    administrator, and a mail that says so to its owner (ADR 0007).
    Errors: SiretInvalid; SiretTaken is given and not raised, for the owner's mail stays.
    """
    digits = _siret(new.siret)
    email = identity.tidy_email(new.administrative_email)
    partner_id = _add(new, digits=digits, email=email, now=now)
    if partner_id is None:
        identity.tell_owner(actor=actor, email=email, now=now)
        return SiretTaken()
    user = identity.invite_or_tell(
        actor=actor, email=email, first_name=first_name, last_name=last_name, now=now
    )
    if user is not None:
        add_member(partner_id=partner_id, user_id=user.id, role=PartnerRole.ADMIN)
    audit.record(
        entries=[
            Entry(
                event="partners.registered",
                subject=f"partner:{partner_id}",
                actor=actor,
                after={"siret": digits, "user": user.id if user is not None else None},
            )
        ],
        now=now,
    )
    return None


def _siret(text: str) -> str:
    try:
        return str(siret.validate(text))
    except ValidationError as error:
        raise SiretInvalid from error


def _add(new: NewPartner, *, digits: str, email: str, now: datetime) -> int | None:
    """The new structure's id; None when another one has its SIRET."""
    if Partner.objects.filter(siret=digits).exists():
        return None
    try:
        with transaction.atomic():
            tidy = replace(new, siret=digits, administrative_email=email)
            return add_partner(new=tidy, status=PartnerStatus.PENDING, now=now)
    except IntegrityError as error:
        if "partners_partner_siret_unique" not in str(error):
            raise
        return None
