from django.db import models

from tessere.domains.ledger.types import AccountKind
from tessere.foundation.db.models import WalledForeignKey, WalledModel


class Account(WalledModel):
    kind = models.CharField(
        max_length=20, choices=[(kind.value, kind.name) for kind in AccountKind]
    )
    owner = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "owner"], name="ledger_account_owner_unique"
            ),
        ]


class Posting(WalledModel):
    key = models.UUIDField()
    command = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    subject = models.CharField(max_length=60)
    posted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="ledger_posting_key_unique"),
        ]
        indexes = [models.Index(fields=["tenant", "subject"], name="ledger_posting_subject")]


class Transfer(WalledModel):
    posting = WalledForeignKey(Posting)
    source = WalledForeignKey(Account, db_index=False)
    target = WalledForeignKey(Account, db_index=False)
    amount_cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0), name="ledger_transfer_positive"
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")),
                name="ledger_transfer_two_accounts",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "source", "id"], name="ledger_transfer_source"),
            models.Index(fields=["tenant", "target", "id"], name="ledger_transfer_target"),
        ]
