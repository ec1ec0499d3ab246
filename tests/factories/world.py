"""A small tenant to tell stories in: one authority, one vintage, two e-coupons, two partners."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction

from tessere.domains.beneficiaries import steps as beneficiaries
from tessere.domains.beneficiaries.types import Relation
from tessere.domains.branding import steps as branding
from tessere.domains.branding.types import Closure, DayPart, Opening
from tessere.domains.files import steps as files
from tessere.domains.identity import steps as identity
from tessere.domains.partners import steps as partners
from tessere.domains.partners.steps import NewPartner
from tessere.domains.partners.types import Address, PartnerRole, PartnerStatus
from tessere.domains.passes import queries as passes
from tessere.domains.passes import steps as passes_steps
from tessere.domains.passes.types import NewGrant, PurseRecord
from tessere.domains.programmes import steps as programmes
from tessere.domains.tenants import steps as tenants_steps
from tessere.foundation import clock
from tessere.foundation.actor import Actor, Audience, platform
from tessere.foundation.tenancy import tenant_context
from tessere.gate import roles

BRAND: dict[str, Any] = {
    "name": "Pass Horizon",
    "authority": "Ville de Marvigny",
    "slogan": "",
    "logo_digest": "",
    "brand_rgb": "14, 74, 92",
    "accent_rgb": "255, 184, 77",
    "on_brand": "#fff",
    "corner_px": 10,
}
WEEK = [
    Opening(days=(1, 2, 3, 4, 5), spans=((time(8, 30), time(12)), (time(13, 30), time(17)))),
]
NOON = datetime(2026, 6, 16, 10, 0, tzinfo=UTC)
PASSWORD = "Tessere-2026-pass"


@dataclass(kw_only=True)
class World:
    """What a story needs to know of its tenant. Amounts are in cents."""

    tenant_id: int
    host: str
    authority_id: int
    vintage_id: int
    theatre_id: int
    tennis_id: int
    partner_id: int
    other_partner_id: int
    agreement_id: int
    partner_code: str
    beneficiary_id: int
    theatre_purse_id: int
    tennis_purse_id: int
    partner_user_id: int
    cashier_user_id: int
    beneficiary_user_id: int
    partner_email: str
    cashier_email: str
    beneficiary_email: str

    @property
    def beneficiary(self) -> Actor:
        """The beneficiary's own account."""
        return Actor(
            tenant_id=self.tenant_id,
            audience=Audience.BENEFICIARY,
            user_id=self.beneficiary_user_id,
            beneficiary_ids=frozenset({self.beneficiary_id}),
            permissions=roles.BENEFICIARY,
        )

    @property
    def partner(self) -> Actor:
        """The administrator of the first partner."""
        return Actor(
            tenant_id=self.tenant_id,
            audience=Audience.PARTNER,
            user_id=self.partner_user_id,
            partner_id=self.partner_id,
            role=PartnerRole.ADMIN.value,
            permissions=roles.PARTNER[PartnerRole.ADMIN],
        )

    @property
    def other_partner(self) -> Actor:
        """Somebody of the other partner."""
        return Actor(
            tenant_id=self.tenant_id,
            audience=Audience.PARTNER,
            user_id=None,
            partner_id=self.other_partner_id,
            role=PartnerRole.ADMIN.value,
            permissions=roles.PARTNER[PartnerRole.ADMIN],
        )

    @property
    def platform(self) -> Actor:
        """The platform acting by itself."""
        return platform(tenant_id=self.tenant_id)

    def inside(self) -> AbstractContextManager[None]:
        """Work for this tenant."""
        return tenant_context(self.tenant_id)

    def purse(self, purse_id: int | None = None) -> PurseRecord:
        """A purse as it is now; the theatre purse when none is named."""
        wanted = purse_id or self.theatre_purse_id
        with self.inside():
            return passes.purses_by_id(purse_ids={wanted})[wanted]

    def brand(self, *, logo: bytes = b"", **changes: Any) -> str:
        """Give the tenant another brand; gives the digest of its logo."""
        with self.inside(), transaction.atomic():
            digest = ""
            if logo:
                drawing = BytesIO(logo)
                stored = files.store(source=drawing, media_type="image/svg+xml", now=NOON)
                digest = stored.digest
            branding.set_brand(**BRAND | {"logo_digest": digest} | changes)
        return digest

    def newcomer(self, first_name: str, last_name: str, *, cents: int = 5_000) -> int:
        """Another beneficiary without an account; gives the theatre purse with its value."""
        with self.inside(), transaction.atomic():
            person = beneficiaries.register(
                first_name=first_name, last_name=last_name, email="", now=NOON
            )
            purses = passes_steps.issue_pass(
                beneficiary_id=person,
                vintage_id=self.vintage_id,
                benefit_ids=[self.theatre_id],
                now=NOON,
            )
        self.grant(cents, purse_id=purses[self.theatre_id])
        return purses[self.theatre_id]

    def grant(self, cents: int, *, purse_id: int | None = None, key: UUID | None = None) -> None:
        """Give value to a purse; the theatre purse when none is named."""
        with self.inside(), transaction.atomic():
            passes_steps.grant(
                grants=[
                    NewGrant(
                        key=key or uuid4(),
                        purse_id=purse_id or self.theatre_purse_id,
                        amount_cents=cents,
                    )
                ],
                now=NOON,
            )


def luhn_siret(first_thirteen: str) -> str:
    """A SIRET whose check digit is right."""
    total = sum(
        sum(divmod(int(digit) * (2 if index % 2 else 1), 10))
        for index, digit in enumerate(reversed(first_thirteen), start=1)
    )
    return first_thirteen + str(-total % 10)


def make_world(*, granted_cents: int = 10_000, slug: str = "") -> World:
    """Open a fresh tenant with all that the main job needs, committed if the test commits."""
    slug = slug or f"t{uuid4().hex[:12]}"
    host = f"{slug}.localhost"
    with transaction.atomic():
        tenant_id = tenants_steps.create_tenant(slug=slug, name=f"Ville de {slug}", host=host)
        with tenant_context(tenant_id):
            return _furnish(tenant_id=tenant_id, host=host, slug=slug, granted_cents=granted_cents)


def _furnish(*, tenant_id: int, host: str, slug: str, granted_cents: int) -> World:
    branding.set_brand(**BRAND | {"name": f"Pass {slug}", "authority": f"Ville de {slug}"})
    branding.add_contact_point(
        name="Centre communal d’action sociale",
        address="2, place de la Fontaine\n99210 Marvigny",
        email=f"ccas@{slug}.example",
        phones=["01 99 00 12 34"],
        opening=WEEK,
        closures=[Closure(day=4, part=DayPart.AFTERNOON)],
    )
    authority_id = tenants_steps.create_authority(name=f"Ville de {slug}", siren="219900016")
    programme_id = programmes.create_programme(authority_id=authority_id, name=f"Pass {slug}")
    vintage_id = programmes.create_vintage(
        programme_id=programme_id,
        label="2026",
        starts_on=date(2026, 1, 1),
        # Stories are told on a day of 2026; a server in a test lives in the real present.
        ends_on=date(max(2026, clock.now().year), 12, 31),
    )
    culture = programmes.create_theme(name="Culture", icon="theatre", tile="coral")
    sports = programmes.create_theme(name="Sports", icon="ball", tile="mint")
    theatre_id = programmes.create_benefit(
        vintage_id=vintage_id, theme_id=culture, name="Théâtre", amount_cents=6_000
    )
    tennis_id = programmes.create_benefit(
        vintage_id=vintage_id, theme_id=sports, name="Tennis", amount_cents=4_000
    )
    partner_id, other_partner_id = (
        _partner(name=name, code=code, siret=luhn_siret(siret), town="Marvigny")
        for name, code, siret in (
            ("Compagnie des Trois-Ponts", "093351957", "8123456780001"),
            ("Tennis-club marvinois", "047218396", "8234567890001"),
        )
    )
    agreement_id = _agreement(partner_id, authority_id, vintage_id, [theatre_id, tennis_id])
    _agreement(other_partner_id, authority_id, vintage_id, [tennis_id])
    users = {
        who: identity.add_activated_user(
            email=f"{who}@{slug}.example",
            first_name=first,
            last_name=last,
            hashed_password=make_password(PASSWORD),
            now=NOON,
        )
        for who, first, last in (
            ("accueil", "Yanis", "Corvel"),
            ("caisse", "Inès", "Tabari"),
            ("lina", "Lina", "Besnard"),
        )
    }
    partners.add_member(partner_id=partner_id, user_id=users["accueil"].id, role=PartnerRole.ADMIN)
    partners.add_member(partner_id=partner_id, user_id=users["caisse"].id, role=PartnerRole.CASHIER)
    beneficiary_id = beneficiaries.register(
        first_name="Lina", last_name="Besnard", email=users["lina"].email, now=NOON
    )
    beneficiaries.give_account(
        beneficiary_id=beneficiary_id, user_id=users["lina"].id, relation=Relation.SELF
    )
    purses = passes_steps.issue_pass(
        beneficiary_id=beneficiary_id,
        vintage_id=vintage_id,
        benefit_ids=[theatre_id, tennis_id],
        now=NOON,
    )
    world = World(
        tenant_id=tenant_id,
        host=host,
        authority_id=authority_id,
        vintage_id=vintage_id,
        theatre_id=theatre_id,
        tennis_id=tennis_id,
        partner_id=partner_id,
        other_partner_id=other_partner_id,
        agreement_id=agreement_id,
        partner_code="093351957",
        beneficiary_id=beneficiary_id,
        theatre_purse_id=purses[theatre_id],
        tennis_purse_id=purses[tennis_id],
        partner_user_id=users["accueil"].id,
        cashier_user_id=users["caisse"].id,
        beneficiary_user_id=users["lina"].id,
        partner_email=users["accueil"].email,
        cashier_email=users["caisse"].email,
        beneficiary_email=users["lina"].email,
    )
    if granted_cents:
        world.grant(granted_cents)
    return world


def _partner(*, name: str, code: str, siret: str, town: str) -> int:
    return partners.add_partner(
        new=NewPartner(
            legal_name=name,
            siret=siret,
            administrative_email=f"contact-{code}@partenaire.example",
            head_office=Address(
                street="12, rue des Lavandières",
                complement="",
                postcode="99210",
                town=town,
            ),
            code=code,
        ),
        status=PartnerStatus.ACTIVE,
        now=NOON,
    )


def _agreement(partner_id: int, authority_id: int, vintage_id: int, benefit_ids: list[int]) -> int:
    return partners.accept_agreement(
        partner_id=partner_id,
        authority_id=authority_id,
        vintage_id=vintage_id,
        benefit_ids=benefit_ids,
        requested_on=date(2026, 1, 5),
        signed_on=date(2026, 1, 6),
        accepted_on=date(2026, 1, 7),
    )
