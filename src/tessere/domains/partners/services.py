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
) -> None:
    """Record the request of a structure to become a partner, and invite its first administrator.

    The structure is pending: it has no right until it is accepted (decision D5, S1-20). Asking
    again with the same address while the request is pending sends the activation link again.
    Errors: SiretInvalid, SiretTaken, AddressTaken.
    """
    digits = _siret(new.siret)
    email = identity.tidy_email(new.administrative_email)
    earlier = Partner.objects.filter(siret=digits).first()
    if earlier is not None:
        asks_again = (
            earlier.status == PartnerStatus.PENDING and earlier.administrative_email == email
        )
        if not (asks_again and identity.invite_again(email=email, now=now)):
            raise SiretTaken
        return
    partner_id = _add(new, digits=digits, email=email, now=now)
    user = identity.invite_user(email=email, first_name=first_name, last_name=last_name, now=now)
    add_member(partner_id=partner_id, user_id=user.id, role=PartnerRole.ADMIN)
    audit.record(
        entries=[
            Entry(
                event="partners.registered",
                subject=f"partner:{partner_id}",
                actor=actor,
                after={"siret": digits, "user": user.id},
            )
        ],
        now=now,
    )


def _siret(text: str) -> str:
    try:
        return str(siret.validate(text))
    except ValidationError as error:
        raise SiretInvalid from error


def _add(new: NewPartner, *, digits: str, email: str, now: datetime) -> int:
    try:
        with transaction.atomic():
            tidy = replace(new, siret=digits, administrative_email=email)
            return add_partner(new=tidy, status=PartnerStatus.PENDING, now=now)
    except IntegrityError as error:
        if "partners_partner_siret_unique" not in str(error):
            raise
        raise SiretTaken from error
