from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tessere.foundation.errors import Refusal


class AccountKind(StrEnum):
    """What an account stands for."""

    FUND = "fund"
    PURSE = "purse"
    HELD = "held"
    PAYABLE = "payable"


@dataclass(frozen=True, kw_only=True)
class Move:
    """A transfer to make: a positive amount from one account to another."""

    source_id: int
    target_id: int
    amount_cents: int


@dataclass(frozen=True, kw_only=True)
class NewPosting:
    """A command and the transfers that it makes."""

    key: UUID
    command: str
    digest: str
    subject: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, kw_only=True)
class PostingRecord:
    """A command that was carried out."""

    id: int
    key: UUID
    command: str
    digest: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class AccountBalance:
    """What the transfers say of one account."""

    account_id: int
    kind: AccountKind
    owner: str
    balance_cents: int


@dataclass(frozen=True, kw_only=True)
class TransferRecord:
    """A transfer with the command that made it."""

    id: int
    source_id: int
    target_id: int
    amount_cents: int
    command: str
    subject: str
    posted_at: datetime

    def effect_on(self, account_id: int) -> int:
        """What the transfer does to the balance of an account, in cents."""
        if account_id == self.target_id:
            return self.amount_cents
        return -self.amount_cents if account_id == self.source_id else 0


class KeyReused(Refusal):
    """The key of a command came back with another request."""

    code = "ledger.key_reused"
    short_code = "TES-22"
    message = _("Cette demande a déjà servi pour une autre opération. Rien n’a été débité.")
    next_step = _("Rechargez la page et recommencez.")
    status = 422
