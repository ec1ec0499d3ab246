"""What stories about redemptions are made of."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from tessere.domains.passes import queries as passes_queries
from tessere.domains.passes import services as passes
from tessere.domains.redemptions import services
from tessere.domains.redemptions.types import (
    Channel,
    Outcome,
    Payment,
    Refused,
    VoucherAcceptance,
)
from tests.factories.world import NOON, World

UNKNOWN_NUMBER = "000000000"


def payment(world: World, cents: int, **changes: Any) -> Payment:
    asked = {
        "key": uuid4(),
        "channel": Channel.PARTNER_CODE,
        "purse_id": world.theatre_purse_id,
        "partner_id": world.partner_id,
        "amount_cents": cents,
    }
    return Payment(**asked | changes)


def pay(world: World, cents: int, *, now: datetime = NOON, **changes: Any) -> Outcome:
    with world.inside():
        [outcome] = services.accept(
            actor=world.beneficiary, requests=[payment(world, cents, **changes)], now=now
        )
    return outcome


def make_bon(world: World, cents: int = 900) -> str:
    with world.inside():
        return passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=world.theatre_purse_id,
            partner_id=world.partner_id,
            amount_cents=cents,
            now=NOON,
        )


def present(world: World, number: str, *, now: datetime = NOON, **changes: Any) -> Outcome:
    with world.inside():
        asked = {
            "key": uuid4(),
            "number": number,
            "partner_id": world.partner_id,
            "proof": passes_queries.voucher_proof(number=number),
        }
        request = VoucherAcceptance(**asked | changes)
        actor = world.partner if request.partner_id == world.partner_id else world.other_partner
        [outcome] = services.accept(actor=actor, requests=[request], now=now)
    return outcome


def refusal_code(outcome: Outcome) -> str:
    assert isinstance(outcome, Refused), outcome
    assert outcome.refusal.words() and outcome.refusal.step() and outcome.refusal.short_code
    return outcome.refusal.code
