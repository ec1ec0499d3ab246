from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class VintageStatus(StrEnum):
    """Where a vintage stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class BenefitTerms:
    """What the rules need to know of an e-coupon."""

    id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class BenefitRecord(BenefitTerms):
    """An e-coupon of a vintage, as screens show it."""

    theme_name: str
    icon: str
    tile: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class VintageTerms:
    """What the rules need to know of a yearly edition."""

    id: int
    programme_id: int
    label: str
    starts_on: date
    ends_on: date
    status: VintageStatus
    fund_account_id: int

    def is_open_on(self, day: date) -> bool:
        """Whether value can be spent on this day."""
        return self.status is VintageStatus.OPEN and self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, kw_only=True)
class VintageRecord(VintageTerms):
    """A yearly edition of a programme, as screens show it."""

    programme_name: str
    authority_id: int
    voucher_days: int


@dataclass(frozen=True, kw_only=True)
class ReimbursementTerms:
    """The automatic runs of a programme from today on, and how fast they are paid (D1, D2)."""

    programme_id: int
    programme_name: str
    payment_days: int
    runs: tuple[date, ...]

    def paid_by(self, run: date) -> date:
        """The day by which what a run takes is paid."""
        return run + timedelta(days=self.payment_days)
