from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tessere.domains.partners.types import PartnerRecord
from tessere.domains.passes.types import PurseRecord
from tessere.foundation.clock import local_date
from tessere.foundation.errors import Refusal

MOST_OF_A_REFERENCE = 140
# A counter says 99+ from here on, and no list of notices is longer.
MOST_NOTICES = 100


class Channel(StrEnum):
    """How value reached the partner."""

    PARTNER_QR = "partner_qr"
    PARTNER_CODE = "partner_code"
    EXCHANGE_VOUCHER = "exchange_voucher"


CHANNEL_WORDS = {
    Channel.PARTNER_QR: _("QR code partenaire"),
    Channel.PARTNER_CODE: _("Code partenaire"),
    Channel.EXCHANGE_VOUCHER: _("Bon d’échange"),
}


class RedemptionStatus(StrEnum):
    """Where a redemption stands."""

    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


STATUS_WORDS = {
    RedemptionStatus.ACCEPTED: _("À rembourser"),
    RedemptionStatus.CANCELLED: _("Annulée"),
}


@dataclass(frozen=True, kw_only=True)
class Payment:
    """A beneficiary pays a partner from a purse."""

    key: UUID
    channel: Channel
    purse_id: int
    partner_id: int
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class VoucherAcceptance:
    """A partner accepts a bon d'échange by its number, in canonical form.

    `proof` is what the QR code of the bon holds beside the number; without it the number was typed
    and could be a guess (decision D17).
    """

    key: UUID
    number: str
    partner_id: int
    proof: str = ""


AcceptanceRequest = Payment | VoucherAcceptance


@dataclass(frozen=True, kw_only=True)
class RedemptionRecord:
    """A redemption, as screens and mails show it."""

    id: int
    number: str
    barcode: str
    partner_id: int
    purse_id: int
    channel: Channel
    amount_cents: int
    status: RedemptionStatus
    accepted_at: datetime
    author_id: int | None
    partner_reference: str
    beneficiary_name: str
    programme_name: str
    benefit_name: str
    vintage_label: str

    @property
    def channel_words(self) -> str:
        """The type of operation, in the guide's words."""
        return str(CHANNEL_WORDS[self.channel])

    @property
    def is_cancelled(self) -> bool:
        """Whether the value went back."""
        return self.status is RedemptionStatus.CANCELLED


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for in a list of operations; all of it together (S1-106, S1-107).

    `words` is a number, a barcode, or parts of the beneficiary's name or of the internal reference;
    `first_day` and `last_day` are days in France, both inclusive; no status means any.
    """

    words: str = ""
    statuses: tuple[RedemptionStatus, ...] = ()
    first_day: date | None = None
    last_day: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values, for a request that is carried out later."""
        return {
            "words": self.words,
            "statuses": [status.value for status in self.statuses],
            "first_day": self.first_day.isoformat() if self.first_day else None,
            "last_day": self.last_day.isoformat() if self.last_day else None,
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """The search that `as_json` gave."""
        first, last = values["first_day"], values["last_day"]
        return cls(
            words=values["words"],
            statuses=tuple(RedemptionStatus(status) for status in values["statuses"]),
            first_day=date.fromisoformat(first) if first else None,
            last_day=date.fromisoformat(last) if last else None,
        )


EVERYTHING = Search()


class Listing(StrEnum):
    """What a file of OPÉRATIONS lists: each operation, or each person with what she spent."""

    OPERATIONS = "operations"
    BENEFICIARIES = "beneficiaries"


# The guide's own names of files (decision D10).
LISTING_WORDS = {
    Listing.OPERATIONS: _("Liste des coupons"),
    Listing.BENEFICIARIES: _("Liste des bénéficiaires"),
}


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Operations that somebody picked, on any page: those that count, each with its cents."""

    cents_by_number: Mapping[str, int]

    @property
    def numbers(self) -> frozenset[str]:
        """Which ones."""
        return frozenset(self.cents_by_number)

    @property
    def cents(self) -> int:
        """Their sum."""
        return sum(self.cents_by_number.values())


@dataclass(frozen=True, kw_only=True)
class RedemptionDetail:
    """A redemption with both sides, for receipts and details."""

    redemption: RedemptionRecord
    partner: PartnerRecord
    purse: PurseRecord
    author_name: str
    cancelled_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A request was carried out, now or by an earlier twin with the same key."""

    redemption_id: int
    number: str
    amount_cents: int
    replayed: bool


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A request was refused and nothing was changed."""

    refusal: Refusal


Outcome = Accepted | Refused


@dataclass(frozen=True, kw_only=True)
class PartnerTotals:
    """What a partner's home shows, in cents."""

    waiting_cents: int
    waiting_count: int
    today_cents: int
    today_count: int


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What somebody did to an operation, told to the others of the structure."""

    operation: RedemptionRecord
    at: datetime
    is_cancellation: bool
    is_unread: bool

    @property
    def day(self) -> date:
        """The day in France."""
        return local_date(self.at)


@dataclass(frozen=True, kw_only=True)
class AwaitedRun:
    """What an automatic run takes of a structure's operations (decision D1), in cents."""

    programme_name: str
    day: date
    payment_days: int
    paid_by: date
    amount_cents: int
    count: int


@dataclass(frozen=True, kw_only=True)
class RedemptionPage:
    """One page of a list, with the exact total."""

    rows: list[RedemptionRecord]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))


class AmountMissing(Refusal):
    """The amount of a payment is not a positive number of cents."""

    code = "redemptions.amount_missing"
    short_code = "SOL-04"
    message = _("Ce montant n’est pas valable. Rien n’a été débité.")
    next_step = _("Écrivez un montant en euros, par exemple 9 ou 9,50.")
    status = 400


class NumberMistyped(Refusal):
    """The check character does not fit: a typing error."""

    code = "redemptions.number_mistyped"
    short_code = "BON-01"
    message = _("Ce numéro contient une erreur de frappe.")
    next_step = _("Relisez-le à voix haute : 9 lettres et chiffres.")
    status = 400


class VoucherUnknown(Refusal):
    """No bon has this number in this tenant."""

    code = "redemptions.voucher_unknown"
    short_code = "BON-02"
    message = _("Aucun bon n’a ce numéro. Rien n’a été débité.")
    next_step = _("Relisez-le sur le bon, ou scannez son QR code.")
    status = 404


class VoucherAlreadyRedeemed(Refusal):
    """The bon was accepted before."""

    code = "redemptions.voucher_already_redeemed"
    short_code = "BON-03"
    message = _(
        "Ce bon a déjà servi. Vous l’avez accepté le %(date)s à %(time)s. "
        "Rien n’a été débité aujourd’hui."
    )
    next_step = _("Retrouvez-le dans vos opérations.")


class VoucherForAnotherPartner(Refusal):
    """The bon names another partner."""

    code = "redemptions.voucher_for_another_partner"
    short_code = "BON-04"
    message = _("Ce bon est pour un autre partenaire. Rien n’a été débité.")
    next_step = _("Proposez votre QR code au bénéficiaire.")


class VoucherCancelled(Refusal):
    """The beneficiary cancelled the bon."""

    code = "redemptions.voucher_cancelled"
    short_code = "BON-06"
    message = _("Ce bon a été annulé le %(date)s. Rien n’a été débité.")
    next_step = _("Proposez votre QR code au bénéficiaire.")


class VoucherExpired(Refusal):
    """The last day of the bon is over."""

    code = "redemptions.voucher_expired"
    short_code = "BON-07"
    message = _("Ce bon n’est plus valable depuis le %(date)s. Rien n’a été débité.")
    next_step = _("Le bénéficiaire a retrouvé sa valeur : proposez votre QR code.")


class RedemptionNotFound(Refusal):
    """No operation of this structure has this number."""

    code = "redemptions.not_found"
    short_code = "OPE-01"
    message = _("Cette opération n’est pas dans votre espace.")
    next_step = _("Revenez à la liste de vos opérations.")
    status = 404


class RedemptionAlreadyCancelled(Refusal):
    """The operation was cancelled before."""

    code = "redemptions.already_cancelled"
    short_code = "OPE-02"
    message = _("Cette opération a déjà été annulée le %(date)s. Rien n’a changé.")
    next_step = _("La valeur est revenue au bénéficiaire.")


class ReferenceTooLong(Refusal):
    """An internal reference holds 140 characters at most (S1-112)."""

    code = "redemptions.reference_too_long"
    short_code = "OPE-04"
    message = _("Cette référence a %(length)s caractères, il en faut 140 au plus.")
    next_step = _("Raccourcissez-la, puis enregistrez de nouveau.")
    status = 400
