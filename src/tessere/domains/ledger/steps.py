from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection

from tessere.domains.ledger.models import Account, Posting
from tessere.domains.ledger.rules import request_digest
from tessere.domains.ledger.types import (
    AccountKind,
    KeyReused,
    NewPosting,
    PostingRecord,
)
from tessere.foundation.tenancy import required_tenant_id

__all__ = [
    "check_same_request",
    "earlier_postings",
    "open_accounts",
    "payable_account",
    "post",
    "request_digest",
]

_POST = """
WITH asked AS (
    SELECT * FROM unnest(%(keys)s::uuid[], %(commands)s::text[], %(digests)s::text[],
                         %(subjects)s::text[]) AS a (key, command, digest, subject)
), made AS (
    INSERT INTO ledger_posting (tenant_id, key, command, digest, subject, posted_at)
    SELECT %(tenant)s, key, command, digest, subject, %(now)s FROM asked ORDER BY key
    RETURNING id, key
)
INSERT INTO ledger_transfer (tenant_id, posting_id, source_id, target_id, amount_cents)
SELECT %(tenant)s, made.id, m.source_id, m.target_id, m.amount_cents
FROM unnest(%(move_keys)s::uuid[], %(sources)s::bigint[], %(targets)s::bigint[],
            %(amounts)s::bigint[]) WITH ORDINALITY
     AS m (key, source_id, target_id, amount_cents, position)
JOIN made USING (key)
ORDER BY m.position
"""


def open_accounts(*, owners: Sequence[tuple[AccountKind, str]]) -> list[int]:
    """Open one account per (kind, owner), in one statement; gives their ids in the same order."""
    accounts = Account.objects.bulk_create(
        Account(kind=kind, owner=owner) for kind, owner in owners
    )
    return [account.pk for account in accounts]


def payable_account(*, owner: str) -> int:
    """The account of what is owed to this owner, opened when there is none yet. Gives its id."""
    account, _opened = Account.objects.get_or_create(kind=AccountKind.PAYABLE, owner=owner)
    return account.pk


def earlier_postings(*, keys: Iterable[UUID]) -> dict[UUID, PostingRecord]:
    """The commands that were already carried out under these keys.

    Ask after taking the locks of the command: a twin that was in flight has committed by then.
    """
    return {
        posting.key: PostingRecord(
            id=posting.pk,
            key=posting.key,
            command=posting.command,
            digest=posting.digest,
            subject=posting.subject,
        )
        for posting in Posting.objects.filter(key__in=list(keys))
    }


def check_same_request(*, posting: PostingRecord, digest: str) -> None:
    """Raise KeyReused when the key of a posting came back with another request."""
    if posting.digest != digest:
        raise KeyReused


def post(*, postings: Sequence[NewPosting], now: datetime) -> None:
    """Write commands and their transfers, in one statement of the caller's transaction.

    Units: cents. Locks: none of its own; the caller holds the purses or titles concerned.
    Errors: KeyReused when another command, under other locks, took a key first.
    Source: design section 3, ADR 0004.
    """
    moves = [(posting.key, move) for posting in postings for move in posting.moves]
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                _POST,
                {
                    "tenant": required_tenant_id(),
                    "now": now,
                    "keys": [posting.key for posting in postings],
                    "commands": [posting.command for posting in postings],
                    "digests": [posting.digest for posting in postings],
                    "subjects": [posting.subject for posting in postings],
                    "move_keys": [key for key, _ in moves],
                    "sources": [move.source_id for _, move in moves],
                    "targets": [move.target_id for _, move in moves],
                    "amounts": [move.amount_cents for _, move in moves],
                },
            )
    except IntegrityError as error:
        if "ledger_posting_key_unique" in str(error):
            raise KeyReused from error
        raise
