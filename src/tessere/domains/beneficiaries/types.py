from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """Why an account acts for a person."""

    SELF = "self"
    GUARDIAN = "guardian"


@dataclass(frozen=True, kw_only=True)
class BeneficiaryRecord:
    """A person as screens show them."""

    id: int
    first_name: str
    last_name: str

    @property
    def full_name(self) -> str:
        """First name and family name in capitals, as in the guide's lists."""
        return f"{self.first_name} {self.last_name.upper()}"
