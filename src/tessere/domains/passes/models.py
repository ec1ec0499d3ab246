from django.db import models
from django.db.models import F, Q

from tessere.domains.passes.types import VoucherStatus
from tessere.foundation.db.models import WalledForeignKey, WalledModel


class Pass(WalledModel):
    beneficiary = WalledForeignKey("beneficiaries.Beneficiary")
    vintage = WalledForeignKey("programmes.Vintage", db_index=False)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "vintage", "beneficiary"],
                name="passes_pass_one_a_vintage",
            ),
        ]


class Purse(WalledModel):
    holder_pass = WalledForeignKey(Pass, db_index=False, related_name="purses")
    benefit = WalledForeignKey("programmes.Benefit")
    granted_cents = models.BigIntegerField(default=0)
    held_cents = models.BigIntegerField(default=0)
    spent_cents = models.BigIntegerField(default=0)
    purse_account = WalledForeignKey("ledger.Account")
    held_account = WalledForeignKey("ledger.Account")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "holder_pass", "benefit"],
                name="passes_purse_one_a_benefit",
            ),
            models.CheckConstraint(
                condition=Q(granted_cents__gte=0, held_cents__gte=0, spent_cents__gte=0),
                name="passes_purse_no_negative_part",
            ),
            models.CheckConstraint(
                condition=Q(granted_cents__gte=F("held_cents") + F("spent_cents")),
                name="passes_purse_never_overdrawn",
            ),
        ]


class Grant(WalledModel):
    purse = WalledForeignKey(Purse)
    amount_cents = models.BigIntegerField()
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="passes_grant_positive"),
        ]


class ExchangeVoucher(WalledModel):
    number = models.CharField(max_length=9)
    purse = WalledForeignKey(Purse)
    partner = WalledForeignKey("partners.Partner")
    amount_cents = models.BigIntegerField()
    status = models.CharField(
        max_length=10,
        choices=[(status.value, status.name) for status in VoucherStatus],
        default=VoucherStatus.ISSUED,
    )
    issued_at = models.DateTimeField()
    last_day = models.DateField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "number"],
                name="passes_exchange_voucher_number_unique",
            ),
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0), name="passes_exchange_voucher_positive"
            ),
            models.CheckConstraint(
                condition=Q(status="issued", ended_at=None)
                | (~Q(status="issued") & Q(ended_at__isnull=False)),
                name="passes_exchange_voucher_end_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in VoucherStatus]),
                name="passes_exchange_voucher_status_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "last_day", "id"],
                condition=Q(status="issued"),
                name="passes_exchange_voucher_live",
            ),
        ]
