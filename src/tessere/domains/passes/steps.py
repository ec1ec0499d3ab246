"""The stair of the room: purses in `holdings`, bons in `vouchers`, rules that others apply too."""

from tessere.domains.passes.holdings import (
    change_purses,
    grant,
    is_proof,
    issue_pass,
    lock_purses,
    lock_vouchers,
)
from tessere.domains.passes.rules import balance_refusal, vintage_refusal
from tessere.domains.passes.vouchers import create as create_voucher

__all__ = [
    "balance_refusal",
    "change_purses",
    "create_voucher",
    "grant",
    "is_proof",
    "issue_pass",
    "lock_purses",
    "lock_vouchers",
    "vintage_refusal",
]
