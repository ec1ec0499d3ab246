import hashlib

from tessere.domains.branding.models import Brand, ContactPoint
from tessere.domains.branding.types import BrandRecord, ContactRecord
from tessere.foundation.use_case import reading


@reading
def brand() -> BrandRecord | None:
    """The brand of the tenant in context, with its first contact point."""
    found = Brand.objects.first()
    if found is None:
        return None
    contact = ContactPoint.objects.order_by("position").first()
    look = (
        found.brand_rgb,
        found.accent_rgb,
        found.on_brand,
        found.corner_px,
        found.logo_digest,
    )
    return BrandRecord(
        name=found.name,
        authority=found.authority,
        slogan=found.slogan,
        logo_digest=found.logo_digest,
        brand_rgb=found.brand_rgb,
        accent_rgb=found.accent_rgb,
        on_brand=found.on_brand,
        corner_px=found.corner_px,
        digest=hashlib.sha256(repr(look).encode()).hexdigest()[:12],
        contact=ContactRecord(
            name=contact.name,
            address=contact.address,
            email=contact.email,
            phones=tuple(contact.phones),
            hours=contact.hours,
            exceptions=contact.exceptions,
        )
        if contact
        else None,
    )
