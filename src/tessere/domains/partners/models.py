from django.db import models

from tessere.domains.partners.types import AgreementStatus, PartnerRole, PartnerStatus
from tessere.foundation.db.models import WalledForeignKey, WalledModel


class Partner(WalledModel):
    code = models.CharField(max_length=9)
    legal_name = models.CharField(max_length=140)
    trade_name = models.CharField(max_length=140, blank=True)
    siret = models.CharField(max_length=14)
    department = models.CharField(max_length=3)
    status = models.CharField(
        max_length=10,
        choices=[(status.value, status.name) for status in PartnerStatus],
        default=PartnerStatus.PENDING,
    )
    administrative_email = models.EmailField(max_length=254)
    public_email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    website = models.URLField(max_length=200, blank=True)
    wants_mail = models.BooleanField(default=True)
    head_office_street = models.CharField(max_length=120)
    head_office_complement = models.CharField(max_length=120, blank=True)
    head_office_postcode = models.CharField(max_length=5)
    head_office_town = models.CharField(max_length=80)
    activity_street = models.CharField(max_length=120, blank=True)
    activity_complement = models.CharField(max_length=120, blank=True)
    activity_postcode = models.CharField(max_length=5, blank=True)
    activity_town = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "code"], name="partners_partner_code_unique"),
            models.UniqueConstraint(
                fields=["tenant", "siret"], name="partners_partner_siret_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{9}$"),
                name="partners_partner_code_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[status.value for status in PartnerStatus]),
                name="partners_partner_status_known",
            ),
        ]

    def __str__(self) -> str:
        return self.trade_name or self.legal_name


class Member(WalledModel):
    partner = WalledForeignKey(Partner)
    user = WalledForeignKey("identity.User")
    role = models.CharField(
        max_length=10, choices=[(role.value, role.name) for role in PartnerRole]
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "partner"], name="partners_member_once"
            ),
        ]


class BankAccount(WalledModel):
    partner = WalledForeignKey(Partner)
    holder_name = models.CharField(max_length=140)
    bank_name = models.CharField(max_length=70, blank=True)
    iban_sealed = models.TextField()
    iban_end = models.CharField(max_length=4)
    bic = models.CharField(max_length=11, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "partner"], name="partners_bank_account_one"),
        ]


class Agreement(WalledModel):
    code = models.CharField(max_length=9)
    partner = WalledForeignKey(Partner, db_index=False)
    vintage = WalledForeignKey("programmes.Vintage")
    status = models.CharField(
        max_length=20,
        choices=[(status.value, status.name) for status in AgreementStatus],
    )
    requested_on = models.DateField()
    signed_on = models.DateField(null=True)
    status_on = models.DateField()
    payable_account = WalledForeignKey("ledger.Account")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"], name="partners_agreement_code_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=r"^[0-9]{9}$"),
                name="partners_agreement_code_digits",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_on=None)
                | models.Q(signed_on__gte=models.F("requested_on")),
                name="partners_agreement_signed_after_request",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="accepted")
                | models.Q(signed_on__isnull=False, status_on__gte=models.F("signed_on")),
                name="partners_agreement_accepted_after_signature",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "partner", "vintage"],
                name="partners_agreement_partner",
            ),
        ]


class AgreementBenefit(WalledModel):
    agreement = WalledForeignKey(Agreement, db_index=False, related_name="benefits")
    benefit = WalledForeignKey("programmes.Benefit")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "agreement", "benefit"],
                name="partners_agreement_benefit_once",
            ),
        ]


class CodeGuess(WalledModel):
    subject = models.CharField(max_length=60)
    day = models.DateField()
    misses = models.PositiveIntegerField(default=0)
    last_miss = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "subject"], name="partners_code_guess_subject_unique"
            ),
        ]
