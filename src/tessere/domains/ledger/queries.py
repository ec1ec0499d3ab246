from django.db import connection
from django.db.models import Q

from tessere.domains.ledger.models import Transfer
from tessere.domains.ledger.types import AccountBalance, AccountKind, TransferRecord
from tessere.foundation.tenancy import required_tenant_id
from tessere.foundation.use_case import reading

_BALANCES = """
SELECT a.id, a.kind, a.owner,
       coalesce((SELECT sum(amount_cents) FROM ledger_transfer t
                 WHERE t.tenant_id = a.tenant_id AND t.target_id = a.id), 0)
     - coalesce((SELECT sum(amount_cents) FROM ledger_transfer t
                 WHERE t.tenant_id = a.tenant_id AND t.source_id = a.id), 0)
FROM ledger_account a
WHERE a.tenant_id = %s AND (%s::bigint[] IS NULL OR a.id = ANY(%s::bigint[]))
ORDER BY a.id
"""


@reading
def balances(*, account_ids: list[int] | None = None) -> dict[int, AccountBalance]:
    """What the transfers say of accounts, in cents, by id; of all accounts when none are named."""
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES, [required_tenant_id(), account_ids, account_ids])
        return {
            account_id: AccountBalance(
                account_id=account_id,
                kind=AccountKind(kind),
                owner=owner,
                balance_cents=int(balance),
            )
            for account_id, kind, owner, balance in cursor.fetchall()
        }


@reading
def history(*, account_ids: list[int]) -> list[TransferRecord]:
    """The transfers from or to these accounts, oldest first."""
    concerned = Q(source_id__in=account_ids) | Q(target_id__in=account_ids)
    transfers = Transfer.objects.filter(concerned).select_related("posting").order_by("pk")
    return [
        TransferRecord(
            id=transfer.pk,
            source_id=transfer.source_id,
            target_id=transfer.target_id,
            amount_cents=transfer.amount_cents,
            command=transfer.posting.command,
            subject=transfer.posting.subject,
            posted_at=transfer.posting.posted_at,
        )
        for transfer in transfers
    ]
