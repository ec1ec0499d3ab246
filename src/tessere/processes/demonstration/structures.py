import random
from dataclasses import replace
from datetime import date, datetime

from tessere.domains.identity import steps as identity
from tessere.domains.partners import steps as partners
from tessere.domains.partners.steps import NewPartner
from tessere.domains.partners.types import Address, PartnerRole, PartnerStatus
from tessere.processes.demonstration.numbers import iban, siret
from tessere.processes.demonstration.script import (
    COUPONS,
    PARTNER_KINDS,
    PARTNER_NAMES,
    STREETS,
    Town,
)
from tessere.processes.demonstration.types import DemoPartner, DemoVintage


def add_partners(
    *,
    town: Town,
    authority_id: int,
    vintages: list[DemoVintage],
    hashed_password: str,
    draw: random.Random,
    now: datetime,
) -> list[DemoPartner]:
    """Add the structures with their bank accounts and agreements; the first has two accounts."""
    made = []
    for position in range(town.partners):
        coupons = _coupons(position)
        name = _name(position=position, coupon=coupons[0])
        partner_id = partners.add_partner(
            new=NewPartner(
                legal_name=f"{name} ({'association' if position % 3 else 'SARL'})",
                trade_name=name,
                siret=siret(position=town.seed * 1000 + position),
                administrative_email=f"contact{position:02d}@partenaires.{town.slug}.example",
                head_office=_address(town=town, draw=draw),
                activity_address=_address(town=town, draw=draw) if position % 4 == 0 else None,
                phone=f"01 99 {town.seed:02d} {position:02d} 00",
                code=partner_code(town=town, position=position),
                wants_mail=False,
            ),
            status=PartnerStatus.ACTIVE,
            now=now,
        )
        partners.set_bank_account(
            partner_id=partner_id,
            holder_name=name,
            bank_name="Banque des Tessères",
            iban=iban(position=town.seed * 1000 + position),
            bic="",
        )
        for vintage in vintages:
            partners.accept_agreement(
                partner_id=partner_id,
                authority_id=authority_id,
                vintage_id=vintage.id,
                benefit_ids=[vintage.benefits[coupon] for coupon in coupons],
                requested_on=date(vintage.year - 1, 12, 1),
                signed_on=date(vintage.year - 1, 12, 8),
                accepted_on=date(vintage.year - 1, 12, 15),
            )
        made.append(DemoPartner(id=partner_id, coupons=coupons))
    for who, role, names in (
        ("accueil", PartnerRole.ADMIN, ("Anouk", "Vasserond")),
        ("caisse", PartnerRole.CASHIER, ("Basile", "Quintrec")),
    ):
        user = identity.add_activated_user(
            email=f"{who}@{town.slug}.example",
            first_name=names[0],
            last_name=names[1],
            hashed_password=hashed_password,
            now=now,
        )
        partners.add_member(partner_id=made[0].id, user_id=user.id, role=role)
        made[0] = replace(made[0], user_ids=(*made[0].user_ids, user.id))
    return made


def partner_code(*, town: Town, position: int) -> str:
    """The code of a structure of the demonstration, the same on every day."""
    return f"{47218396 + town.seed + position * 7919:09d}"


def _coupons(position: int) -> tuple[str, ...]:
    """One e-coupon each in turn; the first structure and every third one accept two of a theme."""
    first = COUPONS[position % len(COUPONS)]
    akin = [one.name for one in COUPONS if one.theme == first.theme and one is not first]
    return (first.name, *akin[:1]) if position % 3 == 0 else (first.name,)


def _name(*, position: int, coupon: str) -> str:
    kinds = PARTNER_KINDS[coupon]
    rank = position // len(COUPONS)
    return f"{kinds[rank % len(kinds)]} {PARTNER_NAMES[position % len(PARTNER_NAMES)]}"


def _address(*, town: Town, draw: random.Random) -> Address:
    return Address(
        street=f"{draw.randint(1, 90)}, {draw.choice(STREETS)}",
        complement="",
        postcode=town.postcode,
        town=town.town,
    )
