import hashlib
from datetime import time

from tessere.domains.branding.models import Brand, ContactPoint, LegalPage
from tessere.domains.branding.types import (
    BrandRecord,
    Closure,
    ContactRecord,
    DayPart,
    LegalKind,
    Opening,
)
from tessere.domains.branding.wording import hours_words
from tessere.foundation.use_case import reading


@reading
def brand() -> BrandRecord | None:
    """The brand of the tenant in context, with its first contact point."""
    found = Brand.objects.first()
    if found is None:
        return None
    contact = ContactPoint.objects.order_by("position").first()
    look = (
        found.name,
        found.brand_rgb,
        found.accent_rgb,
        found.on_brand,
        found.corner_px,
        found.logo_digest,
    )
    return BrandRecord(
        name=found.name,
        short_name=found.short_name,
        authority=found.authority,
        slogan=found.slogan,
        logo_digest=found.logo_digest,
        brand_rgb=found.brand_rgb,
        accent_rgb=found.accent_rgb,
        on_brand=found.on_brand,
        corner_px=found.corner_px,
        digest=hashlib.sha256(repr(look).encode()).hexdigest()[:12],
        contact=_record(contact) if contact else None,
    )


@reading
def contact_points() -> list[ContactRecord]:
    """Every service of the tenant in context that answers the public, in its order."""
    return [_record(point) for point in ContactPoint.objects.order_by("position")]


@reading
def legal_text(*, kind: LegalKind) -> list[str]:
    """The paragraphs of the tenant's own legal page; none when it did not write one."""
    page = LegalPage.objects.filter(kind=kind).first()
    parts = page.text.replace("\r\n", "\n").split("\n\n") if page else []
    return [part.strip() for part in parts if part.strip()]


def _record(point: ContactPoint) -> ContactRecord:
    opening = tuple(
        Opening(
            days=tuple(each["days"]),
            spans=tuple(
                (time.fromisoformat(start), time.fromisoformat(end)) for start, end in each["spans"]
            ),
        )
        for each in point.opening
    )
    closures = tuple(
        Closure(day=each["day"], part=DayPart(each["part"])) for each in point.closures
    )
    return ContactRecord(
        name=point.name,
        address=point.address,
        email=point.email,
        phones=tuple(point.phones),
        hours=hours_words(opening, closures) if opening else point.hours_text,
        opening=opening,
        closures=closures,
    )
