"""Opening a tenant: its host, its first authority and a brand to begin with."""

from django.db import transaction

from tessere.domains.branding import steps as branding
from tessere.domains.tenants import steps as tenants
from tessere.foundation.tenancy import tenant_context
from tessere.ui.theme import MARVIGNY


def open_tenant(*, slug: str, host: str, authority: str, siren: str, brand: str) -> int:
    """Open a tenant in one transaction; gives its id.

    Errors: SlugInvalid, SlugTaken, HostInvalid, HostTaken, SirenInvalid.
    """
    with transaction.atomic():
        tenant_id = tenants.create_tenant(slug=slug, name=f"{brand}, {authority}", host=host)
        with tenant_context(tenant_id):
            tenants.create_authority(name=authority, siren=siren)
            branding.set_brand(
                name=brand,
                authority=authority,
                slogan="",
                logo_digest="",
                brand_rgb=", ".join(map(str, MARVIGNY.brand)),
                accent_rgb=", ".join(map(str, MARVIGNY.accent)),
                on_brand=MARVIGNY.on_brand,
                corner_px=MARVIGNY.corner_px,
            )
    return tenant_id
