from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ContactRecord:
    """A service shown to the public."""

    name: str
    address: str
    email: str
    phones: tuple[str, ...]
    hours: str
    exceptions: str


@dataclass(frozen=True, kw_only=True)
class BrandRecord:
    """A tenant's brand, as screens, mails and documents need it."""

    name: str
    authority: str
    slogan: str
    logo_digest: str
    brand_rgb: str
    accent_rgb: str
    on_brand: str
    corner_px: int
    digest: str
    contact: ContactRecord | None
