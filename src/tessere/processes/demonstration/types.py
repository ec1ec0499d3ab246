from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class DemoVintage:
    """A year of the demonstration: benefit ids by the name of the e-coupon."""

    id: int
    year: int
    benefits: dict[str, int]

    @property
    def first_day(self) -> date:
        """When the passes of the year are issued."""
        return date(self.year, 1, 1)


@dataclass(frozen=True, kw_only=True)
class DemoPartner:
    """A structure, the e-coupons that it accepts, and the accounts of its people."""

    id: int
    coupons: tuple[str, ...]
    user_ids: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """A person and their purses: purse ids by year and name of the e-coupon."""

    id: int
    email: str
    purses: dict[tuple[int, str], int]
