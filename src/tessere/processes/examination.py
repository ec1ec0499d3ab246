"""The doctor: what each room says of its own rows, against what the ledger says."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tessere.domains.audit import queries as audit
from tessere.domains.ledger import queries as ledger
from tessere.domains.passes import queries as passes
from tessere.domains.redemptions import queries as redemptions
from tessere.foundation.money import format_euros
from tessere.foundation.use_case import reading


@dataclass(frozen=True, kw_only=True)
class Check:
    """One question and the first row that answers it wrong, if any."""

    name: str
    fault: str | None


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What the doctor saw in one tenant: totals by kind of account, in cents, and the checks."""

    totals: list[tuple[str, int, int]]
    checks: list[Check]


def _journal_fault() -> str | None:
    broken = audit.first_broken_seal()
    if broken is None:
        return None
    return (
        f"audit_auditseal {broken.seal_id}: the hash does not fit, "
        f"{broken.events_expected} events sealed, {broken.events_found} found"
    )


CHECKS: tuple[tuple[str, Callable[[], str | None]], ...] = (
    ("every purse says what its transfers say", passes.first_wrong_purse),
    ("every held cent belongs to a bon still to use", passes.first_wrong_hold),
    ("every granted cent has its grant", passes.first_wrong_grant),
    (
        "every operation has its transfers, every cancellation its reversal",
        redemptions.first_wrong_redemption,
    ),
    ("every spent cent belongs to an operation", redemptions.first_wrong_spending),
    ("every payable is the sum of its operations", redemptions.first_wrong_payable),
    ("the journal is whole", _journal_fault),
)


@reading
def examine() -> Findings:
    """Recompute the tenant in context, in one transaction that sees one state of the books."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for balance in ledger.balances().values():
        sums[balance.kind][0] += 1
        sums[balance.kind][1] += balance.balance_cents
    return Findings(
        totals=[(kind, count, cents) for kind, (count, cents) in sorted(sums.items())],
        checks=[Check(name=name, fault=check()) for name, check in CHECKS],
    )


def explain_purse(*, purse_id: int) -> Iterator[str]:
    """The transfers that make up a purse, oldest first, with the balance after each."""
    purse = passes.purses_by_id(purse_ids={purse_id}).get(purse_id)
    if purse is None:
        yield f"No purse {purse_id} in this tenant."
        return
    yield (
        f"Purse {purse.id}: {purse.benefit.name} {purse.vintage.label}, "
        f"{format_euros(purse.available_cents)} available, {format_euros(purse.held_cents)} held"
    )
    available = held = 0
    for move in ledger.history(account_ids=[purse.purse_account_id, purse.held_account_id]):
        available += move.effect_on(purse.purse_account_id)
        held += move.effect_on(purse.held_account_id)
        yield (
            f"  {move.posted_at:%Y-%m-%d %H:%M} {move.command:<26} {move.subject:<24}"
            f" {format_euros(move.amount_cents):>12}"
            f"   available {format_euros(available):>12}   held {format_euros(held):>12}"
        )
