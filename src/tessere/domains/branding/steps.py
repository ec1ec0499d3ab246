from collections.abc import Sequence

from tessere.domains.branding.models import Brand, ContactPoint, LegalPage
from tessere.domains.branding.rules import LONGEST_SHORT_NAME, short_name_of
from tessere.domains.branding.types import Closure, LegalKind, Opening, ShortNameTooLong


def set_brand(
    *,
    name: str,
    authority: str,
    slogan: str,
    logo_digest: str,
    brand_rgb: str,
    accent_rgb: str,
    on_brand: str,
    corner_px: int,
    short_name: str = "",
) -> None:
    """Give the tenant its brand. The caller has checked the contrasts of the colours.

    Without a `short_name` the first words of the name stand under the icon of telephones.
    Errors: ShortNameTooLong.
    """
    short_name = short_name or short_name_of(name)
    if len(short_name) > LONGEST_SHORT_NAME:
        raise ShortNameTooLong
    Brand.objects.update_or_create(
        defaults={
            "name": name,
            "short_name": short_name,
            "authority": authority,
            "slogan": slogan,
            "logo_digest": logo_digest,
            "brand_rgb": brand_rgb,
            "accent_rgb": accent_rgb,
            "on_brand": on_brand,
            "corner_px": corner_px,
        }
    )


def add_contact_point(
    *,
    name: str,
    address: str,
    email: str,
    phones: list[str],
    opening: Sequence[Opening],
    closures: Sequence[Closure] = (),
    position: int = 0,
) -> None:
    """Add a service shown to the public."""
    ContactPoint.objects.create(
        name=name,
        address=address,
        email=email,
        phones=phones,
        opening=[
            {
                "days": list(each.days),
                "spans": [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in each.spans],
            }
            for each in opening
        ],
        closures=[{"day": each.day, "part": each.part.value} for each in closures],
        position=position,
    )


def set_legal_text(*, kind: LegalKind, text: str) -> None:
    """Give the tenant a legal page of its own; an empty line parts two paragraphs."""
    LegalPage.objects.update_or_create(kind=kind, defaults={"text": text})
