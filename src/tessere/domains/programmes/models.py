from django.db import models

from tessere.domains.programmes.types import VintageStatus
from tessere.foundation.db.models import WalledForeignKey, WalledModel


class Programme(WalledModel):
    authority = WalledForeignKey("tenants.Authority")
    name = models.CharField(max_length=80)
    voucher_days = models.PositiveSmallIntegerField(default=30)
    reimbursement_day = models.PositiveSmallIntegerField(default=30)
    payment_days = models.PositiveSmallIntegerField(default=7)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "authority", "name"],
                name="programmes_programme_name_unique",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Vintage(WalledModel):
    programme = WalledForeignKey(Programme)
    label = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()
    status = models.CharField(
        max_length=10,
        choices=[(status.value, status.name) for status in VintageStatus],
        default=VintageStatus.DRAFT,
    )
    fund_account = WalledForeignKey("ledger.Account")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "programme", "label"],
                name="programmes_vintage_label_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")),
                name="programmes_vintage_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[status.value for status in VintageStatus]),
                name="programmes_vintage_status_known",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Theme(WalledModel):
    name = models.CharField(max_length=60)
    parent = WalledForeignKey("self", null=True)
    icon = models.CharField(max_length=30, default="ticket")
    tile = models.CharField(max_length=10, default="mint")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="programmes_theme_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name


class Benefit(WalledModel):
    vintage = WalledForeignKey(Vintage)
    theme = WalledForeignKey(Theme)
    name = models.CharField(max_length=60)
    amount_cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "vintage", "name"],
                name="programmes_benefit_name_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0),
                name="programmes_benefit_positive",
            ),
        ]

    def __str__(self) -> str:
        return self.name
