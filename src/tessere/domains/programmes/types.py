from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class VintageStatus(StrEnum):
    """Where a vintage stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class BenefitRecord:
    """An e-coupon of a vintage."""

    id: int
    name: str
    theme_name: str
    icon: str
    tile: str
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class VintageRecord:
    """A yearly edition of a programme."""

    id: int
    programme_id: int
    programme_name: str
    authority_id: int
    label: str
    starts_on: date
    ends_on: date
    status: VintageStatus
    voucher_days: int
    fund_account_id: int


@dataclass(frozen=True, kw_only=True)
class ReimbursementTerms:
    """The next automatic run of a programme, and the day by which it is paid (D1, D2)."""

    programme_name: str
    payment_days: int
    next_run: date
    paid_by: date
