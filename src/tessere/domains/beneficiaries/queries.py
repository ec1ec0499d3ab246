from tessere.domains.beneficiaries.models import Account, Beneficiary
from tessere.domains.beneficiaries.types import BeneficiaryRecord
from tessere.foundation.use_case import reading


def record(beneficiary: Beneficiary) -> BeneficiaryRecord:
    """The record of a person."""
    return BeneficiaryRecord(
        id=beneficiary.pk,
        first_name=beneficiary.first_name,
        last_name=beneficiary.last_name,
    )


@reading
def people_of(*, user_id: int) -> list[BeneficiaryRecord]:
    """The people for whom an account may act, the account's own person first."""
    accounts = Account.objects.filter(user_id=user_id).select_related("beneficiary")
    ordered = sorted(accounts, key=lambda a: (a.relation != "self", a.beneficiary_id))
    return [record(account.beneficiary) for account in ordered]
