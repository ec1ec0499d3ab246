"""What a partner's day is made of: bons, payments, and the form of ACCUEIL."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from asgiref.sync import async_to_sync
from django.test import Client

from tessere.domains.exports.making import make_next
from tessere.domains.passes import services as passes
from tessere.domains.redemptions import services as redemptions
from tessere.domains.redemptions.tasks import EXPORTS
from tessere.domains.redemptions.types import Accepted, Channel, Payment
from tests.factories.world import NOON, World


def make_voucher(
    world: World, cents: int = 900, *, partner_id: int | None = None, now: datetime = NOON
) -> str:
    """A bon on the theatre purse for the first partner; on the tennis purse for another."""
    with world.inside():
        return passes.create_voucher(
            actor=world.beneficiary,
            key=uuid4(),
            purse_id=world.tennis_purse_id if partner_id else world.theatre_purse_id,
            partner_id=partner_id or world.partner_id,
            amount_cents=cents,
            now=now,
        )


def pay(
    world: World,
    cents: int = 900,
    *,
    channel: Channel = Channel.PARTNER_CODE,
    partner_id: int | None = None,
    at: datetime = NOON,
) -> str:
    """The beneficiary pays; the number of the operation."""
    request = Payment(
        key=uuid4(),
        channel=channel,
        purse_id=world.tennis_purse_id if partner_id else world.theatre_purse_id,
        partner_id=partner_id or world.partner_id,
        amount_cents=cents,
    )
    with world.inside():
        [outcome] = redemptions.accept(actor=world.beneficiary, requests=[request], now=at)
    assert isinstance(outcome, Accepted), outcome
    return outcome.number


def accept(client: Client, number: str, **typed: str) -> Any:
    """The form of ACCUEIL, filled in."""
    return client.post("/partner/accept/", {"key": str(uuid4()), "number": number, **typed})


def make_exports(world: World) -> None:
    """What the worker does with the files that were asked for."""
    with world.inside():
        while make_next(definitions=EXPORTS):
            pass


def taken(answer: Any) -> bytes:
    """The whole of a file that is sent piece by piece."""

    async def read() -> bytes:
        return b"".join([piece async for piece in answer.streaming_content])

    return async_to_sync(read)()
