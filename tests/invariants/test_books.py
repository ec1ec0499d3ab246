"""Any story of grants, payments, bons, cancellations and time leaves the books in order.

Every command is sent twice with the same key: the second must change nothing.
"""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from tessere.domains.ledger import queries as ledger
from tessere.domains.ledger.types import AccountKind
from tessere.domains.passes import queries as passes_queries
from tessere.domains.passes import services as passes
from tessere.domains.passes import steps as passes_steps
from tessere.domains.passes.types import VoucherStatus
from tessere.domains.redemptions import queries, services, steps
from tessere.domains.redemptions.types import (
    AcceptanceRequest,
    Accepted,
    Channel,
    Outcome,
    Payment,
    VoucherAcceptance,
)
from tessere.foundation.errors import Refusal
from tests.factories.world import NOON, make_world

AMOUNTS = st.integers(min_value=1, max_value=6_000)


class Books(RuleBasedStateMachine):
    """A model of two purses in plain integers, beside the real thing."""

    vouchers = Bundle("vouchers")
    redemptions = Bundle("redemptions")

    def __init__(self) -> None:
        super().__init__()
        self.world = make_world(granted_cents=0)
        self.purses = [self.world.theatre_purse_id, self.world.tennis_purse_id]
        self.now = NOON
        self.granted = dict.fromkeys(self.purses, 0)
        self.held = dict.fromkeys(self.purses, 0)
        self.spent = dict.fromkeys(self.purses, 0)
        self.bons: dict[str, dict] = {}
        self.paid: dict[str, dict] = {}

    def available(self, purse: int) -> int:
        return self.granted[purse] - self.held[purse] - self.spent[purse]

    def accept_twice(self, actor, request: AcceptanceRequest) -> Outcome:
        with self.world.inside():
            [first] = services.accept(actor=actor, requests=[request], now=self.now)
            [second] = services.accept(actor=actor, requests=[request], now=self.now)
        if isinstance(first, Accepted):
            assert isinstance(second, Accepted)
            assert second.replayed and second.number == first.number
        else:
            assert not isinstance(second, Accepted)
        return first

    def twice(self, command, **arguments):
        """Send a command twice; the second must answer or refuse as the first."""
        answers = []
        for _ in range(2):
            try:
                with self.world.inside():
                    answers.append(command(now=self.now, **arguments))
            except Refusal as refusal:
                answers.append(refusal.code)
        assert answers[0] == answers[1]
        return answers[0]

    @rule(position=st.integers(0, 1), cents=AMOUNTS)
    def grant(self, position: int, cents: int) -> None:
        purse, key = self.purses[position], uuid4()
        self.world.grant(cents, purse_id=purse, key=key)
        self.world.grant(cents, purse_id=purse, key=key)
        self.granted[purse] += cents

    @rule(target=redemptions, position=st.integers(0, 1), cents=AMOUNTS)
    def pay(self, position: int, cents: int):
        purse = self.purses[position]
        outcome = self.accept_twice(
            self.world.beneficiary,
            Payment(
                key=uuid4(),
                channel=Channel.PARTNER_CODE,
                purse_id=purse,
                partner_id=self.world.partner_id,
                amount_cents=cents,
            ),
        )
        assert isinstance(outcome, Accepted) is (cents <= self.available(purse))
        if not isinstance(outcome, Accepted):
            return multiple()
        self.spent[purse] += cents
        self.paid[outcome.number] = {"purse": purse, "cents": cents, "cancelled": False}
        return outcome.number

    @rule(target=vouchers, position=st.integers(0, 1), cents=AMOUNTS)
    def make_bon(self, position: int, cents: int):
        purse = self.purses[position]
        answer = self.twice(
            passes.create_voucher,
            actor=self.world.beneficiary,
            key=uuid4(),
            purse_id=purse,
            partner_id=self.world.partner_id,
            amount_cents=cents,
        )
        if cents > self.available(purse):
            assert answer == "passes.balance_too_low"
            return multiple()
        self.held[purse] += cents
        self.bons[answer] = {
            "purse": purse,
            "cents": cents,
            "status": VoucherStatus.ISSUED,
            "over": self.now + timedelta(days=30),
        }
        return answer

    @rule(target=redemptions, number=vouchers)
    def redeem(self, number: str):
        bon = self.bons[number]
        outcome = self.accept_twice(
            self.world.partner,
            VoucherAcceptance(
                key=uuid4(),
                number=number,
                partner_id=self.world.partner_id,
                proof=self.proof(number),
            ),
        )
        fresh = bon["status"] is VoucherStatus.ISSUED and self.now <= bon["over"]
        assert isinstance(outcome, Accepted) is fresh
        if not fresh:
            return multiple()
        bon["status"] = VoucherStatus.REDEEMED
        self.held[bon["purse"]] -= bon["cents"]
        self.spent[bon["purse"]] += bon["cents"]
        self.paid[outcome.number] = {
            "purse": bon["purse"],
            "cents": bon["cents"],
            "cancelled": False,
        }
        return outcome.number

    def proof(self, number: str) -> str:
        with self.world.inside():
            return passes_queries.voucher_proof(number=number)

    @rule(number=vouchers)
    def cancel_bon(self, number: str) -> None:
        bon = self.bons[number]
        self.twice(passes.cancel_voucher, actor=self.world.beneficiary, key=uuid4(), number=number)
        if bon["status"] is VoucherStatus.ISSUED:
            bon["status"] = VoucherStatus.CANCELLED
            self.held[bon["purse"]] -= bon["cents"]

    @rule()
    def let_bons_expire(self) -> None:
        with self.world.inside():
            for number in passes_queries.vouchers_past(today=self.now.date()):
                key = UUID(int=uuid4().int)
                for _ in range(2):
                    passes.expire_voucher(
                        actor=self.world.platform, key=key, number=number, now=self.now
                    )
        for bon in self.bons.values():
            if bon["status"] is VoucherStatus.ISSUED and self.now > bon["over"]:
                bon["status"] = VoucherStatus.EXPIRED
                self.held[bon["purse"]] -= bon["cents"]

    @rule(number=redemptions)
    def cancel(self, number: str) -> None:
        self.twice(services.cancel, actor=self.world.partner, key=uuid4(), number=number)
        paid = self.paid[number]
        if not paid["cancelled"]:
            paid["cancelled"] = True
            self.spent[paid["purse"]] -= paid["cents"]

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        # The story stays inside the vintage, which ends on 31 December.
        self.now = min(self.now + timedelta(days=days), NOON + timedelta(days=190))

    @invariant()
    def the_books_are_in_order(self) -> None:
        with self.world.inside():
            balances = ledger.balances()
            purses = passes_queries.purses_by_id(purse_ids=set(self.purses))
            totals = queries.totals_of_partner(partner_id=self.world.partner_id, now=self.now)
        for purse_id, purse in purses.items():
            assert purse.granted_cents == self.granted[purse_id]
            assert purse.held_cents == self.held[purse_id]
            assert purse.spent_cents == self.spent[purse_id]
            assert balances[purse.purse_account_id].balance_cents == purse.available_cents
            assert balances[purse.held_account_id].balance_cents == purse.held_cents
        assert sum(balance.balance_cents for balance in balances.values()) == 0
        payable = sum(
            balance.balance_cents
            for balance in balances.values()
            if balance.kind is AccountKind.PAYABLE
        )
        assert payable == sum(self.spent.values()) == totals.waiting_cents


STORIES = settings(
    max_examples=100,
    stateful_step_count=10,
    deadline=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def quick_commits(committing: None) -> None:
    """Thousands of commits that no crash will test need not wait for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def test_any_story_leaves_the_books_in_order(quick_commits: None) -> None:
    run_state_machine_as_test(Books, settings=STORIES)


def test_the_property_sees_a_broken_command(
    quick_commits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: a cancellation that forgets the purse is found at once."""
    forgetful = SimpleNamespace(**vars(passes_steps) | {"change_purses": lambda **_: None})
    monkeypatch.setattr(steps, "passes", forgetful)
    with pytest.raises(AssertionError, match="spent_cents"):
        run_state_machine_as_test(
            Books,
            # The same stories each time: it is certain that one of them cancels.
            settings=settings(STORIES, derandomize=True, phases=[Phase.generate]),
        )
