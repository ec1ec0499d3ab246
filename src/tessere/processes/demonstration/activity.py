import random
import uuid
from collections import defaultdict
from datetime import date, datetime, time, timedelta

from tessere.domains.passes import steps as passes
from tessere.domains.passes.types import BalanceTooLow
from tessere.domains.programmes import steps as programmes
from tessere.domains.redemptions import steps as redemptions
from tessere.domains.redemptions.types import (
    AcceptanceRequest,
    Accepted,
    Channel,
    Payment,
    VoucherAcceptance,
)
from tessere.foundation.actor import Actor, platform
from tessere.foundation.clock import PARIS, local_date
from tessere.foundation.tenancy import required_tenant_id
from tessere.processes.demonstration.script import COUPONS, Town
from tessere.processes.demonstration.types import DemoPartner, DemoPerson, DemoVintage

DAYS = 365
ONE_IN_TEN_BY_VOUCHER = 10
ONE_IN_FORTY_CANCELLED = 40
USUAL = {coupon.name: coupon.usual_cents for coupon in COUPONS}


def live_year(
    *,
    town: Town,
    vintages: list[DemoVintage],
    partners: list[DemoPartner],
    people: list[DemoPerson],
    draw: random.Random,
    now: datetime,
) -> None:
    """Let the people spend for a year, day by day, then close the former vintages.

    Exactly `town.redemptions` operations are accepted; one in forty of them is cancelled.
    """
    life = _Life(partners=partners, people=people, draw=draw)
    today = local_date(now)
    # An operation is never dated after the present instant: today's stop an hour ago.
    days = [today - timedelta(days=DAYS - 1 - offset) for offset in range(DAYS)]
    for position, day in enumerate(days):
        wanted = town.redemptions * (position + 1) // DAYS - life.accepted
        at = min(datetime.combine(day, time(9), PARIS), now - timedelta(hours=1))
        life.spend(day=day, at=at, wanted=wanted)
    life.leave_bons(at=now - timedelta(minutes=30), year=today.year)
    for vintage in vintages[:-1]:
        programmes.close_vintage(vintage_id=vintage.id)


class _Life:
    """What people do with their passes: everything drawn from one source."""

    def __init__(
        self, *, partners: list[DemoPartner], people: list[DemoPerson], draw: random.Random
    ) -> None:
        self.actor: Actor = platform(tenant_id=required_tenant_id(), label="demonstration")
        self.people = people
        self.draw = draw
        self.accepted = 0
        self.by_coupon: dict[str, list[DemoPartner]] = defaultdict(list)
        for partner in partners:
            for coupon in partner.coupons:
                self.by_coupon[coupon].append(partner)

    def _key(self) -> uuid.UUID:
        return uuid.UUID(int=self.draw.getrandbits(128), version=4)

    def _visit(self, year: int) -> tuple[int, int, int]:
        """A purse, a structure and an amount; the showcase people and structure come more often."""
        person = self.people[
            0 if self.draw.random() < 0.004 else self.draw.randrange(len(self.people))
        ]
        coupons = [coupon for held_year, coupon in person.purses if held_year == year]
        coupon = self.draw.choice(coupons)
        structures = self.by_coupon[coupon]
        partner = structures[0] if self.draw.random() < 0.3 else self.draw.choice(structures)
        return person.purses[year, coupon], partner.id, self.draw.choice(USUAL[coupon])

    def spend(self, *, day: date, at: datetime, wanted: int) -> None:
        """Accept so many operations on one day, in two or three groups over its opening hours."""
        while wanted > 0:
            size = min(wanted, self.draw.randint(6, 12))
            requests = [self._request(year=day.year, at=at) for _ in range(size)]
            outcomes = redemptions.accept(
                actor=self.actor, requests=[one for one in requests if one], now=at
            )
            made = [outcome for outcome in outcomes if isinstance(outcome, Accepted)]
            self.accepted += len(made)
            wanted -= len(made)
            for outcome in made:
                if self.draw.randrange(ONE_IN_FORTY_CANCELLED) == 0:
                    redemptions.cancel(
                        actor=self.actor, key=self._key(), number=outcome.number, now=at
                    )
            later = at + timedelta(minutes=self.draw.randint(20, 120))
            at = later if later.date() == at.date() else at

    def _request(self, *, year: int, at: datetime) -> AcceptanceRequest | None:
        purse_id, partner_id, cents = self._visit(year)
        if self.draw.randrange(ONE_IN_TEN_BY_VOUCHER):
            channel = self.draw.choice((Channel.PARTNER_QR, Channel.PARTNER_CODE))
            return Payment(
                key=self._key(),
                channel=channel,
                purse_id=purse_id,
                partner_id=partner_id,
                amount_cents=cents,
            )
        number = self._bon(purse_id=purse_id, partner_id=partner_id, cents=cents, at=at)
        if number is None:
            return None
        return VoucherAcceptance(key=self._key(), number=number, partner_id=partner_id)

    def _bon(self, *, purse_id: int, partner_id: int, cents: int, at: datetime) -> str | None:
        try:
            return passes.create_voucher(
                actor=self.actor,
                key=self._key(),
                purse_id=purse_id,
                partner_id=partner_id,
                amount_cents=cents,
                now=at,
            )
        except BalanceTooLow:
            return None

    def leave_bons(self, *, at: datetime, year: int) -> None:
        """A bon that waits for the showcase structure, for each of the showcase people."""
        for person in self.people[:3]:
            for coupon in ("Théâtre", "Musique"):
                purse_id = person.purses.get((year, coupon))
                if purse_id is not None:
                    structure = self.by_coupon[coupon][0]
                    self._bon(purse_id=purse_id, partner_id=structure.id, cents=900, at=at)
