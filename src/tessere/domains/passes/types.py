from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tessere.domains.beneficiaries.types import BeneficiaryRecord
from tessere.domains.partners.types import PartnerRecord
from tessere.domains.programmes.types import (
    BenefitRecord,
    BenefitTerms,
    VintageRecord,
    VintageTerms,
)
from tessere.foundation.errors import Refusal


class VoucherStatus(StrEnum):
    """Where a bon d'échange stands."""

    ISSUED = "issued"
    REDEEMED = "redeemed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


VOUCHER_STATUS_WORDS = {
    VoucherStatus.ISSUED: _("À utiliser"),
    VoucherStatus.REDEEMED: _("Utilisé"),
    VoucherStatus.CANCELLED: _("Annulé"),
    VoucherStatus.EXPIRED: _("Expiré"),
}


@dataclass(frozen=True, kw_only=True)
class PurseTerms:
    """A balance on one e-coupon, in cents, with what the rules need to know around it."""

    id: int
    pass_id: int
    beneficiary: BeneficiaryRecord
    benefit: BenefitTerms
    vintage: VintageTerms
    granted_cents: int
    held_cents: int
    spent_cents: int
    purse_account_id: int
    held_account_id: int
    mail_to: str

    @property
    def available_cents(self) -> int:
        """What can still be spent."""
        return self.granted_cents - self.held_cents - self.spent_cents


@dataclass(frozen=True, kw_only=True)
class PurseRecord(PurseTerms):
    """A balance on one e-coupon, as screens show it."""

    benefit: BenefitRecord
    vintage: VintageRecord


@dataclass(frozen=True, kw_only=True)
class PurseChoice:
    """A purse that could be spent from; `refusal` says why it cannot at present."""

    purse: PurseRecord
    refusal: Refusal | None


@dataclass(frozen=True, kw_only=True)
class PassRecord:
    """A person's pass in one vintage, with its purses."""

    id: int
    beneficiary: BeneficiaryRecord
    vintage: VintageRecord
    purses: tuple[PurseRecord, ...]

    @property
    def available_cents(self) -> int:
        """What can still be spent over all purses."""
        return sum(purse.available_cents for purse in self.purses)


@dataclass(frozen=True, kw_only=True)
class VoucherRecord:
    """A bon d'échange."""

    id: int
    number: str
    purse_id: int
    partner_id: int
    amount_cents: int
    status: VoucherStatus
    issued_at: datetime
    last_day: date
    ended_at: datetime | None

    def status_on(self, day: date) -> VoucherStatus:
        """Where the bon stands on a day.

        Past its last day it is expired at once, before its value is given back (S1-96).
        """
        is_past = self.status is VoucherStatus.ISSUED and day > self.last_day
        return VoucherStatus.EXPIRED if is_past else self.status


@dataclass(frozen=True, kw_only=True)
class VoucherDetail:
    """A bon d'échange with everything that is printed on it."""

    voucher: VoucherRecord
    purse: PurseRecord
    partner: PartnerRecord


@dataclass(frozen=True, kw_only=True)
class PurseChange:
    """What a command adds to the granted, held and spent cents of a purse."""

    purse_id: int
    granted_cents: int = 0
    held_cents: int = 0
    spent_cents: int = 0


@dataclass(frozen=True, kw_only=True)
class NewGrant:
    """Value to give to a purse, with the key of the command."""

    key: UUID
    purse_id: int
    amount_cents: int


class BalanceTooLow(Refusal):
    """The purse holds less than the amount."""

    code = "passes.balance_too_low"
    short_code = "SOL-01"
    message = _("Il reste %(available)s sur l’e.coupon %(benefit)s.")
    next_step = _("Baissez le montant ou réglez la différence autrement.")


class VintageNotOpen(Refusal):
    """Today is outside the vintage, or it was closed."""

    code = "passes.vintage_not_open"
    short_code = "SOL-02"
    message = _("Le millésime %(vintage)s n’est pas ouvert aujourd’hui. Rien n’a été débité.")
    next_step = _("Vérifiez les dates de votre pass, ou contactez votre collectivité.")


class PurseNotYours(Refusal):
    """The purse does not belong to a person for whom the account acts."""

    code = "passes.purse_not_found"
    short_code = "SOL-03"
    message = _("Cet e.coupon n’est pas dans votre espace.")
    next_step = _("Revenez à l’accueil et choisissez un de vos e.coupons.")
    status = 404


class InvalidVoucherAmount(Refusal):
    """The amount of a command is not a positive number of cents."""

    code = "passes.invalid_amount"
    short_code = "SOL-04"
    message = _("Ce montant n’est pas valable.")
    next_step = _("Écrivez un montant en euros, par exemple 9 ou 9,50.")
    status = 400


class VoucherNotFound(Refusal):
    """No bon of this account has this number."""

    code = "passes.voucher_not_found"
    short_code = "BON-02"
    message = _("Aucun bon n’a ce numéro.")
    next_step = _("Relisez-le sur le bon, ou scannez son QR code.")
    status = 404


class VoucherEnded(Refusal):
    """The bon was already redeemed, cancelled or has expired."""

    code = "passes.voucher_ended"
    short_code = "BON-05"
    message = _("Ce bon n’est plus modifiable : il est « %(state)s » depuis le %(date)s.")
    next_step = _("Rien n’a changé. Vous pouvez en créer un autre.")
