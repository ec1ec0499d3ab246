import random
import uuid
from datetime import datetime

from tessere.domains.beneficiaries import steps as beneficiaries
from tessere.domains.beneficiaries.types import Relation
from tessere.domains.identity import steps as identity
from tessere.domains.passes import steps as passes
from tessere.domains.passes.types import NewGrant
from tessere.foundation.clock import start_of_day
from tessere.processes.demonstration.script import COUPONS, FIRST_NAMES, LAST_NAMES, Town
from tessere.processes.demonstration.types import DemoPerson, DemoVintage

PURSES_A_PASS = 4
AMOUNTS = {coupon.name: coupon.amount_cents for coupon in COUPONS}


def add_people(
    *,
    town: Town,
    vintages: list[DemoVintage],
    hashed_password: str,
    draw: random.Random,
    now: datetime,
) -> list[DemoPerson]:
    """Add the people with a pass in the last two years, and two accounts to sign in with.

    The first two are children of one account, the third has an account of their own.
    """
    people = []
    for position in range(town.people):
        last_name = LAST_NAMES[(0 if position < 2 else position) % len(LAST_NAMES)]
        first_name = FIRST_NAMES[(position * 7) % len(FIRST_NAMES)]
        person_id = beneficiaries.register(
            first_name=first_name, last_name=last_name, email="", now=now
        )
        email = f"{'famille' if position < 2 else 'seul'}@{town.slug}.example"
        people.append(DemoPerson(id=person_id, email=email, purses={}))
    for vintage in vintages[1:]:
        _issue(people=people, vintage=vintage, draw=draw)
    accounts = (
        ("famille", ("Claire", LAST_NAMES[0]), people[:2], Relation.GUARDIAN),
        ("seul", (FIRST_NAMES[14], LAST_NAMES[2]), people[2:3], Relation.SELF),
    )
    for who, names, theirs, relation in accounts:
        user = identity.add_activated_user(
            email=f"{who}@{town.slug}.example",
            first_name=names[0],
            last_name=names[1],
            hashed_password=hashed_password,
            now=now,
        )
        for person in theirs:
            beneficiaries.give_account(beneficiary_id=person.id, user_id=user.id, relation=relation)
    return people


def _issue(*, people: list[DemoPerson], vintage: DemoVintage, draw: random.Random) -> None:
    opened = start_of_day(vintage.first_day)
    names = list(vintage.benefits)
    grants = []
    for position, person in enumerate(people):
        chosen = names[:PURSES_A_PASS] if position < 3 else draw.sample(names, PURSES_A_PASS)
        purses = passes.issue_pass(
            beneficiary_id=person.id,
            vintage_id=vintage.id,
            benefit_ids=[vintage.benefits[name] for name in chosen],
            now=opened,
        )
        for name in chosen:
            purse_id = purses[vintage.benefits[name]]
            person.purses[vintage.year, name] = purse_id
            grants.append(
                NewGrant(
                    key=uuid.UUID(int=draw.getrandbits(128), version=4),
                    purse_id=purse_id,
                    amount_cents=AMOUNTS[name],
                )
            )
    passes.grant(grants=grants, now=opened)
