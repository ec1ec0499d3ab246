from django.db import models
from django.db.models import Q

from tessere.domains.redemptions.types import MOST_OF_A_REFERENCE, Channel, RedemptionStatus
from tessere.foundation.db.models import WalledForeignKey, WalledModel


class Redemption(WalledModel):
    number = models.CharField(max_length=9)
    barcode = models.CharField(max_length=13)
    partner = WalledForeignKey("partners.Partner", db_index=False)
    agreement = WalledForeignKey("partners.Agreement")
    purse = WalledForeignKey("passes.Purse")
    voucher = WalledForeignKey("passes.ExchangeVoucher", null=True, db_index=False)
    channel = models.CharField(
        max_length=20, choices=[(channel.value, channel.name) for channel in Channel]
    )
    amount_cents = models.BigIntegerField()
    status = models.CharField(
        max_length=10,
        choices=[(status.value, status.name) for status in RedemptionStatus],
        default=RedemptionStatus.ACCEPTED,
    )
    accepted_at = models.DateTimeField()
    author_id = models.BigIntegerField(null=True)
    partner_reference = models.CharField(max_length=MOST_OF_A_REFERENCE, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "number"], name="redemptions_redemption_number_unique"
            ),
            models.UniqueConstraint(
                fields=["tenant", "barcode"],
                name="redemptions_redemption_barcode_unique",
            ),
            models.UniqueConstraint(
                fields=["tenant", "voucher"], name="redemptions_redemption_voucher_once"
            ),
            models.CheckConstraint(
                condition=Q(amount_cents__gt=0), name="redemptions_redemption_positive"
            ),
            models.CheckConstraint(
                condition=Q(channel="exchange_voucher", voucher__isnull=False)
                | (~Q(channel="exchange_voucher") & Q(voucher=None)),
                name="redemptions_redemption_channel_fits",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in RedemptionStatus]),
                name="redemptions_redemption_status_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "partner", "-accepted_at", "-id"],
                name="redemptions_redemption_newest",
            ),
            models.Index(
                fields=["tenant", "partner"],
                include=["amount_cents", "accepted_at"],
                condition=Q(status="accepted"),
                name="redemptions_redemption_waiting",
            ),
        ]


class Cancellation(WalledModel):
    redemption = WalledForeignKey(Redemption, db_index=False)
    # The operation's, so that an index finds a structure's newest ones.
    partner = WalledForeignKey("partners.Partner", db_index=False)
    cancelled_at = models.DateTimeField()
    author_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "redemption"], name="redemptions_cancellation_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "partner", "-cancelled_at", "-id"],
                name="redemptions_cancellation_newest",
            ),
        ]
