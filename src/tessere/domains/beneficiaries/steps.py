from datetime import datetime

from tessere.domains.beneficiaries.models import Account, Beneficiary
from tessere.domains.beneficiaries.types import Relation


def register(*, first_name: str, last_name: str, email: str, now: datetime) -> int:
    """Add a person entitled to the aid. Gives their id."""
    return Beneficiary.objects.create(
        first_name=first_name, last_name=last_name, email=email, created_at=now
    ).pk


def give_account(*, beneficiary_id: int, user_id: int, relation: Relation) -> None:
    """Let an account act for a person."""
    Account.objects.create(beneficiary_id=beneficiary_id, user_id=user_id, relation=relation)


def set_email(*, beneficiary_id: int, email: str) -> None:
    """Where a person gets their mails; empty for nowhere."""
    Beneficiary.objects.filter(pk=beneficiary_id).update(email=email)
