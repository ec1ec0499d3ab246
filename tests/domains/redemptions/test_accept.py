"""Acceptance, as a story: who pays what to whom, what is refused, and what it costs."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tessere.domains.audit import queries as audit
from tessere.domains.ledger import queries as ledger
from tessere.domains.notifications.models import OutboxMail
from tessere.domains.partners import steps as partners
from tessere.domains.partners.types import AgreementStatus, PartnerStatus
from tessere.domains.passes import steps as passes_steps
from tessere.domains.programmes import steps as programmes
from tessere.domains.redemptions import queries, services
from tessere.domains.redemptions.types import (
    AcceptanceRequest,
    Accepted,
    Channel,
    Refused,
    VoucherAcceptance,
)
from tessere.foundation.actor import NotPermitted
from tests.domains.redemptions.stories import (
    make_bon,
    pay,
    payment,
    present,
    refusal_code,
)
from tests.factories.world import NOON, World, make_world

pytestmark = pytest.mark.django_db


def test_a_payment_moves_value_to_the_partner(world: World) -> None:
    assert isinstance(pay(world, 900), Accepted)
    assert world.purse().available_cents == 9_100
    with world.inside():
        balances = {b.owner: b.balance_cents for b in ledger.balances().values()}
    assert balances[f"partner:{world.partner_id}:authority:{world.authority_id}"] == 900


@pytest.mark.conformance("S1-60", "S1-102")
def test_the_three_ways_are_operations_of_three_types(world: World) -> None:
    pay(world, 100, channel=Channel.PARTNER_QR)
    pay(world, 100, channel=Channel.PARTNER_CODE)
    present(world, make_bon(world, 100))
    with world.inside():
        page = queries.redemptions_of_partner(partner_id=world.partner_id, page=1, size=10)
    assert {row.channel_words for row in page.rows} == {
        "QR code partenaire",
        "Code partenaire",
        "Bon d’échange",
    }


def test_the_same_key_gives_the_same_answer(world: World) -> None:
    key = uuid4()
    first, second = pay(world, 900, key=key), pay(world, 900, key=key)
    assert isinstance(first, Accepted) and isinstance(second, Accepted)
    assert second.replayed and second.number == first.number
    assert world.purse().available_cents == 9_100


def test_the_same_key_with_another_request_is_refused(world: World) -> None:
    key = uuid4()
    pay(world, 900, key=key)
    assert refusal_code(pay(world, 901, key=key)) == "ledger.key_reused"
    assert world.purse().available_cents == 9_100


def test_a_refusal_stores_no_key(world: World) -> None:
    key = uuid4()
    assert refusal_code(pay(world, 20_000, key=key)) == "passes.balance_too_low"
    world.grant(10_000)
    assert isinstance(pay(world, 20_000, key=key), Accepted)


def test_the_same_key_twice_in_one_group_pays_once(world: World) -> None:
    twin = payment(world, 900)
    other = payment(world, 901, key=twin.key)
    with world.inside():
        outcomes = services.accept(actor=world.beneficiary, requests=[twin, twin, other], now=NOON)
    assert [type(outcome) for outcome in outcomes] == [Accepted, Accepted, Refused]
    assert outcomes[1].replayed and outcomes[1].number == outcomes[0].number
    assert refusal_code(outcomes[2]) == "ledger.key_reused"
    assert world.purse().spent_cents == 900


def test_a_group_stops_at_the_balance_and_each_is_told(world: World) -> None:
    requests = [payment(world, 4_000) for _ in range(3)] + [payment(world, 2_000)]
    with world.inside():
        outcomes = services.accept(actor=world.beneficiary, requests=requests, now=NOON)
    assert [type(outcome) for outcome in outcomes] == [Accepted, Accepted, Refused, Accepted]
    assert world.purse().available_cents == 0


@pytest.mark.parametrize("cents", [0, -1])
def test_an_amount_is_positive(world: World, cents: int) -> None:
    assert refusal_code(pay(world, cents)) == "redemptions.amount_missing"


def test_more_than_the_balance_is_refused_with_the_balance(world: World) -> None:
    outcome = pay(world, 10_001)
    assert refusal_code(outcome) == "passes.balance_too_low"
    assert "100,00" in outcome.refusal.words() and "Théâtre" in outcome.refusal.words()
    assert world.purse().available_cents == 10_000


@pytest.mark.conformance("S1-75")
def test_only_an_agreement_in_force_accepts(world: World) -> None:
    other = {"partner_id": world.other_partner_id}
    assert refusal_code(pay(world, 100, **other)) == "partners.no_agreement"
    for status in (
        AgreementStatus.TO_SIGN,
        AgreementStatus.REFUSED,
        AgreementStatus.SUSPENDED,
        AgreementStatus.TERMINATED,
        AgreementStatus.EXPIRED,
    ):
        with world.inside(), transaction.atomic():
            partners.set_agreement_status(
                agreement_id=world.agreement_id, status=status, on=date(2026, 6, 1)
            )
        assert refusal_code(pay(world, 100)) == "partners.agreement_not_in_force"
    with world.inside(), transaction.atomic():
        partners.set_agreement_status(
            agreement_id=world.agreement_id,
            status=AgreementStatus.ACCEPTED,
            on=date(2026, 6, 1),
        )
    assert isinstance(pay(world, 100), Accepted)
    with world.inside(), transaction.atomic():
        vintage_id = programmes.create_vintage(
            programme_id=world.purse().vintage.programme_id,
            label="2026 bis",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
        )
        theme_id = programmes.create_theme(name="Autre", icon="theatre", tile="sky")
        benefit_id = programmes.create_benefit(
            vintage_id=vintage_id, theme_id=theme_id, name="Théâtre", amount_cents=100
        )
        purses = passes_steps.issue_pass(
            beneficiary_id=world.beneficiary_id,
            vintage_id=vintage_id,
            benefit_ids=[benefit_id],
            now=NOON,
        )
    world.grant(100, purse_id=purses[benefit_id])
    of_another_vintage = pay(world, 100, purse_id=purses[benefit_id])
    assert refusal_code(of_another_vintage) == "partners.no_agreement"


def test_a_suspended_partner_accepts_nothing(world: World) -> None:
    number = make_bon(world)
    with world.inside(), transaction.atomic():
        partners.set_status(partner_id=world.partner_id, status=PartnerStatus.SUSPENDED)
    assert refusal_code(pay(world, 100)) == "partners.suspended"
    assert refusal_code(present(world, number)) == "partners.suspended"
    assert world.purse().held_cents == 900


@pytest.mark.parametrize("way", ["closed", "before", "after"])
def test_a_vintage_that_is_not_open_spends_nothing(world: World, way: str) -> None:
    now = NOON
    if way == "closed":
        with world.inside(), transaction.atomic():
            programmes.close_vintage(vintage_id=world.vintage_id)
    elif way == "before":
        now = datetime(2025, 12, 31, 22, 59, 59, tzinfo=UTC)
    else:
        now = datetime(world.purse().vintage.ends_on.year, 12, 31, 23, 0, tzinfo=UTC)
    assert refusal_code(pay(world, 100, now=now)) == "passes.vintage_not_open"


def test_the_last_second_of_a_vintage_is_in_it(world: World) -> None:
    last_day = world.purse().vintage.ends_on
    last_second = datetime(last_day.year, 12, 31, 22, 59, 59, tzinfo=UTC)
    assert isinstance(pay(world, 100, now=last_second), Accepted)


def test_somebody_elses_purse_is_not_found(world: World) -> None:
    stranger = make_world()
    assert refusal_code(pay(world, 100, purse_id=stranger.theatre_purse_id)) == (
        "passes.purse_not_found"
    )


def test_a_voucher_is_held_then_redeemed_then_cancelled(world: World) -> None:
    number = make_bon(world)
    assert world.purse().available_cents == 9_100
    outcome = present(world, number, now=NOON + timedelta(hours=1))
    assert isinstance(outcome, Accepted)
    purse = world.purse()
    assert (purse.available_cents, purse.held_cents, purse.spent_cents) == (9_100, 0, 900)
    with world.inside():
        services.cancel(actor=world.partner, key=uuid4(), number=outcome.number, now=NOON)
    assert world.purse().available_cents == 10_000
    assert refusal_code(present(world, number)) == "redemptions.voucher_already_redeemed"


@pytest.mark.conformance("S1-94")
def test_another_partner_is_refused_and_its_attempt_is_logged(world: World) -> None:
    number = make_bon(world)
    outcome = present(world, number, partner_id=world.other_partner_id)
    assert refusal_code(outcome) == "redemptions.voucher_for_another_partner"
    with world.inside():
        events = audit.events_about(subject=f"voucher:{number}")
    assert [event.event for event in events] == [
        "passes.voucher_created",
        "redemptions.voucher_of_another_tried",
    ]
    assert events[1].on_behalf_of == f"partner:{world.other_partner_id}"
    assert isinstance(present(world, number), Accepted)
    # Once used, it still tells another partner nothing about its state.
    again = present(world, number, partner_id=world.other_partner_id)
    assert refusal_code(again) == "redemptions.voucher_for_another_partner"


def test_a_bon_is_valid_until_the_end_of_its_last_day_in_france(world: World) -> None:
    number = make_bon(world)
    last_second = datetime(2026, 7, 16, 21, 59, 59, tzinfo=UTC)
    first_second_after = datetime(2026, 7, 16, 22, 0, tzinfo=UTC)
    late = present(world, number, now=first_second_after)
    assert refusal_code(late) == "redemptions.voucher_expired"
    assert isinstance(present(world, number, now=last_second), Accepted)


def test_a_partner_presents_bons_for_itself_alone(world: World) -> None:
    number = make_bon(world)
    with world.inside(), pytest.raises(NotPermitted):
        services.accept(
            actor=world.other_partner,
            requests=[VoucherAcceptance(key=uuid4(), number=number, partner_id=world.partner_id)],
            now=NOON,
        )
    with world.inside(), pytest.raises(NotPermitted):
        services.accept(actor=world.partner, requests=[payment(world, 100)], now=NOON)


def test_another_tenants_bon_is_unknown(world: World) -> None:
    stranger = make_world()
    number = make_bon(stranger)
    assert refusal_code(present(world, number)) == "redemptions.voucher_unknown"
    assert stranger.purse().held_cents == 900


@pytest.mark.conformance("S1-56")
def test_the_detail_and_the_journal_keep_the_author(world: World) -> None:
    outcome = present(world, make_bon(world), now=NOON)
    assert isinstance(outcome, Accepted)
    with world.inside():
        detail = queries.redemption_of_partner(partner_id=world.partner_id, number=outcome.number)
        [event] = audit.events_about(subject=f"redemption:{outcome.redemption_id}")
    assert detail.redemption.author_id == world.partner_user_id
    assert detail.author_name == "Yanis Corvel"
    assert detail.redemption.channel is Channel.EXCHANGE_VOUCHER
    assert (event.user_id, event.at) == (world.partner_user_id, NOON)
    assert event.after["channel"] == "exchange_voucher"


@pytest.mark.conformance("S1-73")
def test_one_outbox_row_for_each_side_and_none_for_a_refusal(world: World) -> None:
    outcome = pay(world, 900)
    assert refusal_code(pay(world, 20_000)) == "passes.balance_too_low"
    assert isinstance(outcome, Accepted)
    with world.inside():
        mails = OutboxMail.objects.order_by("kind")
        assert [(mail.kind, mail.context["number"]) for mail in mails] == [
            ("redemptions/accepted_beneficiary", outcome.number),
            ("redemptions/accepted_partner", outcome.number),
        ]


def statements(world: World, actor: Any, requests: list[AcceptanceRequest]) -> list[str]:
    with world.inside(), CaptureQueriesContext(connection) as captured:
        outcomes = services.accept(actor=actor, requests=requests, now=NOON)
    assert all(isinstance(outcome, Accepted) for outcome in outcomes), outcomes
    return [
        query["sql"]
        for query in captured.captured_queries
        # The test's own transaction makes savepoints where the service makes BEGIN and COMMIT.
        if "SAVEPOINT" not in query["sql"]
    ]


@pytest.mark.parametrize("size", [1, 20])
def test_a_group_of_payments_takes_eight_statements(world: World, size: int) -> None:
    requests: list[AcceptanceRequest] = [payment(world, 100) for _ in range(size)]
    asked = statements(world, world.beneficiary, requests)
    assert len(asked) == 8
    assert not any("NOTIFY" in sql.upper() for sql in asked)


@pytest.mark.parametrize("size", [1, 20])
def test_a_group_of_typed_bons_takes_ten_statements(world: World, size: int) -> None:
    requests: list[AcceptanceRequest] = [
        VoucherAcceptance(key=uuid4(), number=make_bon(world, 100), partner_id=world.partner_id)
        for _ in range(size)
    ]
    asked = statements(world, world.partner, requests)
    assert len(asked) == 10
    assert not any("NOTIFY" in sql.upper() for sql in asked)


def test_no_shared_row_is_updated(world: World) -> None:
    """Only the purse, and the bon when there is one, are updated or locked for it."""
    bon = VoucherAcceptance(key=uuid4(), number=make_bon(world, 100), partner_id=world.partner_id)
    asked = statements(world, world.partner, [bon])
    changed = {
        table
        for sql in asked
        for table in ("passes_purse", "passes_exchangevoucher", "partners_", "ledger_account")
        if f"UPDATE {table}" in sql or f'UPDATE "{table}' in sql
    }
    assert changed == {"passes_purse", "passes_exchangevoucher"}
    locking = [sql for sql in asked if " FOR " in sql and "UPDATE" in sql]
    assert len(locking) == 2


def test_an_unknown_structure_is_refused_alone(world: World) -> None:
    """A till's group is not lost for one request that names nobody."""
    with world.inside():
        refused, accepted = services.accept(
            actor=world.beneficiary,
            requests=[payment(world, 100, partner_id=2**40), payment(world, 100)],
            now=NOON,
        )
    assert refusal_code(refused) == "partners.not_found"
    assert isinstance(accepted, Accepted)
