import random
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tessere import ui
from tessere.domains.beneficiaries import steps as beneficiaries
from tessere.domains.branding import steps as branding
from tessere.domains.branding.types import Closure, DayPart, Opening
from tessere.domains.files import steps as files
from tessere.domains.notifications import steps as notifications
from tessere.domains.notifications.types import partner_topic
from tessere.domains.partners import queries as partners_queries
from tessere.domains.partners import steps as partners_steps
from tessere.domains.passes import queries as passes_queries
from tessere.domains.programmes import steps as programmes
from tessere.domains.redemptions import queries as redemptions
from tessere.domains.tenants import queries as tenants
from tessere.domains.tenants import steps as tenants_steps
from tessere.foundation.clock import local_date
from tessere.foundation.codes import drawn_from
from tessere.foundation.tenancy import tenant_context
from tessere.processes.demonstration.activity import live_year
from tessere.processes.demonstration.people import add_people
from tessere.processes.demonstration.script import COUPONS, Town
from tessere.processes.demonstration.structures import add_partners, partner_code
from tessere.processes.demonstration.types import DemoPartner, DemoPerson, DemoVintage

_WEEK = [
    Opening(days=(1, 2, 3, 4, 5), spans=((time(8, 30), time(12)), (time(13, 30), time(17)))),
]
_MARKS = Path(ui.__file__).parent / "static" / "ui" / "marks"
_LEFT_UNREAD = 4
PASSWORD = "Tessere-2026!"


def build_town(town: Town, *, now: datetime) -> dict[str, Any]:
    """Build one town if it is not there yet; gives what scripts need to enter it.

    One transaction: an interrupted build is made again from nothing.
    """
    if tenants.tenant_for_slug(town.slug) is None:
        with drawn_from(_draw(town)), transaction.atomic():
            _build(town=town, hashed_password=make_password(PASSWORD), now=now)
    return _describe(town)


def _build(*, town: Town, hashed_password: str, now: datetime) -> None:
    draw = _draw(town)
    tenant_id = tenants_steps.create_tenant(
        slug=town.slug, name=f"{town.programme}, {town.authority}", host=_host(town)
    )
    with tenant_context(tenant_id):
        _dress(town, now=now)
        authority_id = tenants_steps.create_authority(name=town.authority, siren=town.siren)
        programme_id = programmes.create_programme(
            authority_id=authority_id, name=town.programme, voucher_days=30
        )
        vintages = _vintages(programme_id=programme_id, this_year=local_date(now).year)
        partners = add_partners(
            town=town,
            authority_id=authority_id,
            vintages=vintages,
            hashed_password=hashed_password,
            draw=draw,
            now=now,
        )
        people = add_people(
            town=town, vintages=vintages, hashed_password=hashed_password, draw=draw, now=now
        )
        live_year(
            town=town, vintages=vintages, partners=partners, people=people, draw=draw, now=now
        )
        _leave_unread(partner=partners[0])
        _wake_mail(partners=partners, people=people)


def _draw(town: Town) -> random.Random:
    # The same invented town each time is what is wanted here.
    return random.Random(town.seed)  # nosec B311


def _host(town: Town) -> str:
    return f"{town.slug}.localhost"


def _dress(town: Town, *, now: datetime) -> None:
    palette = town.palette
    logo = (_MARKS / f"{town.slug}.svg").read_bytes()
    branding.set_brand(
        name=town.programme,
        authority=town.authority,
        slogan=town.slogan,
        logo_digest=files.store(source=BytesIO(logo), media_type="image/svg+xml", now=now).digest,
        brand_rgb=", ".join(map(str, palette.brand)),
        accent_rgb=", ".join(map(str, palette.accent)),
        on_brand=palette.on_brand,
        corner_px=palette.corner_px,
    )
    branding.add_contact_point(
        name=f"Centre communal d’action sociale (CCAS) de {town.town}",
        address=f"2, place de la Fontaine, {town.postcode} {town.town}",
        email=f"ccas@{town.slug}.example",
        phones=list(town.phones),
        opening=_WEEK,
        closures=[Closure(day=4, part=DayPart.AFTERNOON)],
    )
    branding.add_contact_point(
        name=f"Caisse des écoles de {town.town}",
        address=f"4, place de la Fontaine, {town.postcode} {town.town}",
        email=f"caisse-des-ecoles@{town.slug}.example",
        phones=list(town.phones[-1:]),
        opening=_WEEK,
        closures=[Closure(day=4, part=DayPart.AFTERNOON)],
        position=1,
    )


def _vintages(*, programme_id: int, this_year: int) -> list[DemoVintage]:
    """Three years, oldest first; those before this one are closed at the end of the build."""
    themes: dict[str, int] = {}
    for coupon in COUPONS:
        if coupon.theme not in themes:
            themes[coupon.theme] = programmes.create_theme(
                name=coupon.theme, icon=coupon.icon, tile=coupon.tile
            )
    vintages = []
    for year in (this_year - 2, this_year - 1, this_year):
        vintage_id = programmes.create_vintage(
            programme_id=programme_id,
            label=str(year),
            starts_on=date(year, 1, 1),
            ends_on=date(year, 12, 31),
        )
        benefits = {
            coupon.name: programmes.create_benefit(
                vintage_id=vintage_id,
                theme_id=themes[coupon.theme],
                name=coupon.name,
                amount_cents=coupon.amount_cents,
            )
            for coupon in COUPONS
        }
        vintages.append(DemoVintage(id=vintage_id, year=year, benefits=benefits))
    return vintages


def _leave_unread(*, partner: DemoPartner) -> None:
    """The people of the showcase have read all but the last few: nobody starts a year behind."""
    for user_id in partner.user_ids:
        told = redemptions.notices_of_partner(partner_id=partner.id, reader_id=user_id)
        oldest_unread = told[:_LEFT_UNREAD][-1].at
        notifications.mark_seen(
            user_id=user_id,
            topic=partner_topic(partner.id),
            until=oldest_unread - timedelta(microseconds=1),
        )


def _wake_mail(*, partners: list[DemoPartner], people: list[DemoPerson]) -> None:
    """From now on, and only to the accounts of the showcase: no mail about invented history."""
    for partner in partners[:1]:
        partners_steps.set_wants_mail(partner_id=partner.id, wants_mail=True)
    for person in people[:2]:
        beneficiaries.set_email(beneficiary_id=person.id, email=person.email)


def _describe(town: Town) -> dict[str, Any]:
    logins = {
        ("partner", "administrator"): f"accueil@{town.slug}.example",
        ("partner", "cashier"): f"caisse@{town.slug}.example",
        ("beneficiary", "guardian of two children"): f"famille@{town.slug}.example",
        ("beneficiary", "adult"): f"seul@{town.slug}.example",
    }
    code = partner_code(town=town, position=0)
    tenant = tenants.tenant_for_slug(town.slug)
    assert tenant is not None
    with tenant_context(tenant.id):
        partner = partners_queries.partner_by_code(code=code)
        vouchers = passes_queries.vouchers_waiting(partner_id=partner.id)
    return {
        "name": tenant.name,
        "host": tenant.host,
        "partner_code": code,
        "vouchers": vouchers,
        "accounts": [
            {"portal": portal, "role": role, "login": login, "password": PASSWORD}
            for (portal, role), login in logins.items()
        ],
    }
