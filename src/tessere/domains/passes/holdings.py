"""Purses and what moves through them. Joins the caller's transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BigAutoField
from django.utils.crypto import constant_time_compare

from tessere.domains.beneficiaries.types import BeneficiaryRecord
from tessere.domains.ledger import steps as ledger
from tessere.domains.ledger.types import AccountKind, Move, NewPosting
from tessere.domains.notifications import steps as notifications
from tessere.domains.notifications.types import person_topic
from tessere.domains.passes.models import ExchangeVoucher, Grant, Pass, Purse
from tessere.domains.passes.queries import (
    voucher_proof,
    voucher_record,
)
from tessere.domains.passes.types import (
    NewGrant,
    PurseChange,
    PurseTerms,
    VoucherRecord,
)
from tessere.domains.programmes.types import BenefitTerms, VintageStatus, VintageTerms
from tessere.foundation.tenancy import required_tenant_id

# PostgreSQL fails on a larger one, which a forged form may hold, where nothing should be found.
_LARGEST_ID = BigAutoField.MAX_BIGINT

# Each lookup stands behind a fence (OFFSET 0) and goes by its primary key: for a tenant that the
# statistics do not know yet, the planner would join whole tables (measured: 146 ms against 0.3 ms).
_LOCK = """
WITH purse AS MATERIALIZED (
    SELECT id, holder_pass_id, benefit_id, granted_cents, held_cents, spent_cents,
           purse_account_id, held_account_id
    FROM passes_purse
    WHERE tenant_id = %(tenant)s AND id = ANY(%(purses)s::bigint[])
    ORDER BY id FOR NO KEY UPDATE
)
SELECT purse.*, holder.beneficiary_id, holder.vintage_id, person.first_name, person.last_name,
       person.email, person.wants_mail, vintage.programme_id, vintage.label, vintage.starts_on,
       vintage.ends_on, vintage.status, vintage.fund_account_id, benefit.name AS benefit_name
FROM purse
CROSS JOIN LATERAL (
    SELECT beneficiary_id, vintage_id FROM passes_pass
    WHERE tenant_id = %(tenant)s AND id = purse.holder_pass_id OFFSET 0
) holder
CROSS JOIN LATERAL (
    SELECT first_name, last_name, email, wants_mail FROM beneficiaries_beneficiary
    WHERE tenant_id = %(tenant)s AND id = holder.beneficiary_id OFFSET 0
) person
CROSS JOIN LATERAL (
    SELECT programme_id, label, starts_on, ends_on, status, fund_account_id
    FROM programmes_vintage WHERE tenant_id = %(tenant)s AND id = holder.vintage_id OFFSET 0
) vintage
CROSS JOIN LATERAL (
    SELECT name FROM programmes_benefit
    WHERE tenant_id = %(tenant)s AND id = purse.benefit_id OFFSET 0
) benefit
"""

_CHANGE = """
WITH ended AS (
    UPDATE passes_exchangevoucher SET status = 'redeemed', ended_at = %(now)s
    WHERE tenant_id = %(tenant)s AND id = ANY(%(vouchers)s::bigint[])
)
UPDATE passes_purse p
SET granted_cents = p.granted_cents + c.granted,
    held_cents = p.held_cents + c.held,
    spent_cents = p.spent_cents + c.spent
FROM unnest(%(purses)s::bigint[], %(granted)s::bigint[], %(held)s::bigint[], %(spent)s::bigint[])
     AS c (purse_id, granted, held, spent)
WHERE p.tenant_id = %(tenant)s AND p.id = c.purse_id
"""


def is_proof(*, number: str, proof: str) -> bool:
    """Whether a proof goes with the number of a bon, in constant time."""
    return constant_time_compare(proof, voucher_proof(number=number))


def lock_vouchers(*, numbers: Iterable[str]) -> dict[str, VoucherRecord]:
    """Lock bons by their numbers, in id order, and give them as they are now. One statement."""
    vouchers = (
        ExchangeVoucher.objects.filter(number__in=set(numbers))
        .order_by("pk")
        .select_for_update(no_key=True)
    )
    return {voucher.number: voucher_record(voucher) for voucher in vouchers}


def lock_purses(*, purse_ids: Iterable[int]) -> dict[int, PurseTerms]:
    """Lock purses in id order and give them with what the rules need. One statement.

    Take the locks on bons first: every command takes titles, then purses, then redemptions.
    """
    wanted = sorted(purse_id for purse_id in set(purse_ids) if purse_id <= _LARGEST_ID)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"tenant": required_tenant_id(), "purses": wanted})
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {row["id"]: _terms(row) for row in rows}


def _terms(row: dict[str, Any]) -> PurseTerms:
    return PurseTerms(
        id=row["id"],
        pass_id=row["holder_pass_id"],
        beneficiary=BeneficiaryRecord(
            id=row["beneficiary_id"], first_name=row["first_name"], last_name=row["last_name"]
        ),
        benefit=BenefitTerms(id=row["benefit_id"], name=row["benefit_name"]),
        vintage=VintageTerms(
            id=row["vintage_id"],
            programme_id=row["programme_id"],
            label=row["label"],
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
            status=VintageStatus(row["status"]),
            fund_account_id=row["fund_account_id"],
        ),
        granted_cents=row["granted_cents"],
        held_cents=row["held_cents"],
        spent_cents=row["spent_cents"],
        purse_account_id=row["purse_account_id"],
        held_account_id=row["held_account_id"],
        mail_to=row["email"] if row["wants_mail"] else "",
    )


def change_purses(
    *,
    changes: Sequence[PurseChange],
    redeemed_voucher_ids: Sequence[int] = (),
    now: datetime,
) -> None:
    """Apply changes to locked purses, and end the bons that were redeemed. One statement.

    Units: cents, signed; at most one change a purse. Locks: held by the caller. Errors: the
    database refuses a purse that would be negative or overdrawn. Source: design section 3.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _CHANGE,
            {
                "tenant": required_tenant_id(),
                "now": now,
                "vouchers": list(redeemed_voucher_ids),
                "purses": [change.purse_id for change in changes],
                "granted": [change.granted_cents for change in changes],
                "held": [change.held_cents for change in changes],
                "spent": [change.spent_cents for change in changes],
            },
        )


def issue_pass(
    *, beneficiary_id: int, vintage_id: int, benefit_ids: Sequence[int], now: datetime
) -> dict[int, int]:
    """Give a person a pass with an empty purse for each benefit; gives purse ids by benefit id."""
    holder_pass = Pass.objects.create(
        beneficiary_id=beneficiary_id, vintage_id=vintage_id, issued_at=now
    )
    owners = [
        (kind, f"pass:{holder_pass.pk}:{benefit_id}")
        for benefit_id in benefit_ids
        for kind in (AccountKind.PURSE, AccountKind.HELD)
    ]
    accounts = ledger.open_accounts(owners=owners)
    purses = Purse.objects.bulk_create(
        Purse(
            holder_pass=holder_pass,
            benefit_id=benefit_id,
            purse_account_id=accounts[2 * position],
            held_account_id=accounts[2 * position + 1],
        )
        for position, benefit_id in enumerate(benefit_ids)
    )
    return {purse.benefit_id: purse.pk for purse in purses}


def grant(*, grants: Sequence[NewGrant], now: datetime) -> list[UUID]:
    """Move value from the vintage's fund into purses; gives the keys that were new.

    Units: cents. Locks: the purses, in id order. Errors: KeyReused. Source: design section 3.
    A key that was carried out before does nothing again.
    """
    purses = lock_purses(purse_ids=[one.purse_id for one in grants])
    digests = {
        one.key: ledger.request_digest(
            command="passes.grant", purse=one.purse_id, cents=one.amount_cents
        )
        for one in grants
    }
    earlier = ledger.earlier_postings(keys=digests)
    for key, posting in earlier.items():
        ledger.check_same_request(posting=posting, digest=digests[key])
    fresh = [one for one in grants if one.key not in earlier]
    if not fresh:
        return []
    made = Grant.objects.bulk_create(
        Grant(purse_id=one.purse_id, amount_cents=one.amount_cents, granted_at=now) for one in fresh
    )
    ledger.post(
        postings=[
            NewPosting(
                key=one.key,
                command="passes.grant",
                digest=digests[one.key],
                subject=f"grant:{row.pk}",
                moves=(
                    Move(
                        source_id=purses[one.purse_id].vintage.fund_account_id,
                        target_id=purses[one.purse_id].purse_account_id,
                        amount_cents=one.amount_cents,
                    ),
                ),
            )
            for one, row in zip(fresh, made, strict=True)
        ],
        now=now,
    )
    totals: dict[int, int] = {}
    for one in fresh:
        totals[one.purse_id] = totals.get(one.purse_id, 0) + one.amount_cents
    change_purses(
        changes=[PurseChange(purse_id=pk, granted_cents=cents) for pk, cents in totals.items()],
        now=now,
    )
    people = {purses[one.purse_id].beneficiary.id for one in fresh}
    notifications.enqueue(changed=map(person_topic, people), now=now)
    return [one.key for one in fresh]
