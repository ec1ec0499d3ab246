"""The figures of the guide's own pages: a bon of 9 € on Théâtre; 1, 1, 10 and 4 € on Tennis."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tessere.domains.passes import queries as passes_queries
from tessere.domains.passes import services as passes
from tessere.domains.redemptions import queries, services
from tessere.domains.redemptions.types import Accepted, VoucherAcceptance
from tessere.foundation.money import format_euros
from tests.factories.world import World, make_world

pytestmark = pytest.mark.django_db


def use_a_bon(world: World, *, purse_id: int, cents: int, now: datetime) -> Accepted:
    """The beneficiary makes a bon, the partner types its number."""
    with world.inside():
        number = passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=purse_id,
            partner_id=world.partner_id,
            amount_cents=cents,
            now=now,
        )
        [outcome] = services.accept(
            actor=world.partner,
            requests=[VoucherAcceptance(key=uuid4(), number=number, partner_id=world.partner_id)],
            now=now,
        )
    assert isinstance(outcome, Accepted)
    return outcome


def test_the_partner_sees_what_the_guide_shows() -> None:
    world = make_world(granted_cents=6_000)
    world.grant(4_000, purse_id=world.tennis_purse_id)
    for day, month, cents in ((20, 7, 400), (27, 7, 1_000), (3, 8, 100), (9, 8, 100)):
        use_a_bon(
            world,
            purse_id=world.tennis_purse_id,
            cents=cents,
            now=datetime(2026, month, day, 10, tzinfo=UTC),
        )
    with world.inside():
        page = queries.redemptions_of_partner(partner_id=world.partner_id, page=1, size=10)
    assert page.total == 4
    assert [
        (
            row.benefit_name,
            row.channel_words,
            row.beneficiary_name,
            f"{row.accepted_at:%d/%m}",
            format_euros(row.amount_cents, short=True),
        )
        for row in page.rows
    ] == [
        ("Tennis", "Bon d’échange", "Lina BESNARD", "09/08", "1\u00a0€"),
        ("Tennis", "Bon d’échange", "Lina BESNARD", "03/08", "1\u00a0€"),
        ("Tennis", "Bon d’échange", "Lina BESNARD", "27/07", "10\u00a0€"),
        ("Tennis", "Bon d’échange", "Lina BESNARD", "20/07", "4\u00a0€"),
    ]
    assert world.purse(world.tennis_purse_id).available_cents == 2_400
    with world.inside():
        totals = queries.totals_of_partner(
            partner_id=world.partner_id, now=datetime(2026, 8, 9, 20, tzinfo=UTC)
        )
    assert (totals.waiting_cents, totals.waiting_count) == (1_600, 4)
    assert (totals.today_cents, totals.today_count) == (100, 1)


@pytest.mark.conformance("S1-96")
def test_a_bon_of_nine_euros_is_held_and_released() -> None:
    world = make_world(granted_cents=2_000)
    now = datetime(2026, 8, 11, 9, tzinfo=UTC)

    def make() -> str:
        with world.inside():
            return passes.create_voucher(
                actor=world.beneficiary,
                key=uuid4(),
                purse_id=world.theatre_purse_id,
                partner_id=world.partner_id,
                amount_cents=900,
                now=now,
            )

    first = make()
    assert world.purse().available_cents == 1_100
    with world.inside():
        passes.cancel_voucher(actor=world.beneficiary, key=uuid4(), number=first, now=now)
    assert world.purse().available_cents == 2_000
    second = make()
    assert world.purse().available_cents == 1_100
    over = datetime(2026, 9, 11, 9, tzinfo=UTC)
    with world.inside():
        assert passes_queries.vouchers_past(today=over.date()) == [second]
        key = uuid4()
        assert passes.expire_voucher(actor=world.platform, key=key, number=second, now=over)
        assert not passes.expire_voucher(actor=world.platform, key=key, number=second, now=over)
    assert world.purse().available_cents == 2_000
