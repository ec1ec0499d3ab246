from tessere.domains.branding.models import Brand, ContactPoint


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
) -> None:
    """Give the tenant its brand. The caller has checked the contrasts of the colours."""
    Brand.objects.update_or_create(
        defaults={
            "name": name,
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
    hours: str,
    exceptions: str,
    position: int = 0,
) -> None:
    """Add a service shown to the public."""
    ContactPoint.objects.create(
        name=name,
        address=address,
        email=email,
        phones=phones,
        hours=hours,
        exceptions=exceptions,
        position=position,
    )
