"""The balance on the beneficiary's screen is the ledger's sum, whatever has happened."""

from uuid import uuid4

import pytest

from tessere.domains.ledger import queries as ledger
from tessere.domains.passes import services as passes
from tessere.domains.redemptions import services
from tessere.domains.redemptions.types import Channel, Payment
from tessere.foundation import clock
from tessere.foundation.money import format_euros
from tests.factories.world import World, make_world
from tests.portals.people import read, signed_in


def on_screen_is_the_ledgers(world: World, client, cents: int) -> None:
    purse = world.purse()
    with world.inside():
        sums = ledger.balances(account_ids=[purse.purse_account_id])
    assert sums[purse.purse_account_id].balance_cents == purse.available_cents == cents
    shown = format_euros(cents).replace("\u00a0", " ").replace("\u202f", " ")
    assert shown in read(client.get("/beneficiary/"))


@pytest.mark.django_db
@pytest.mark.conformance("S1-65")
def test_the_screen_follows_the_ledger() -> None:
    world, now = make_world(granted_cents=0), clock.now()
    client = signed_in(world, world.beneficiary_email, door="beneficiary")
    on_screen_is_the_ledgers(world, client, 0)
    world.grant(2_000)
    on_screen_is_the_ledgers(world, client, 2_000)
    with world.inside():
        [paid] = services.accept(
            actor=world.beneficiary,
            requests=[
                Payment(
                    key=uuid4(),
                    channel=Channel.PARTNER_QR,
                    purse_id=world.theatre_purse_id,
                    partner_id=world.partner_id,
                    amount_cents=450,
                )
            ],
            now=now,
        )
    on_screen_is_the_ledgers(world, client, 1_550)
    with world.inside():
        services.cancel(actor=world.partner, key=uuid4(), number=paid.number, now=now)
    on_screen_is_the_ledgers(world, client, 2_000)
    with world.inside():
        number = passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=900,
            now=now,
        )
    on_screen_is_the_ledgers(world, client, 1_100)
    with world.inside():
        passes.cancel_voucher(actor=world.beneficiary, key=uuid4(), number=number, now=now)
    on_screen_is_the_ledgers(world, client, 2_000)
