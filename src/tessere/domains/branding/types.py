from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class LegalKind(StrEnum):
    """A page that the law asks for."""

    NOTICE = "notice"
    DATA = "data"
    ACCESSIBILITY = "accessibility"


class DayPart(StrEnum):
    """What of a day a weekly exception closes."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    WHOLE = "whole"


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Days of the week, Monday is 1, and the times between which the service is open on them."""

    days: tuple[int, ...]
    spans: tuple[tuple[time, time], ...]


@dataclass(frozen=True, kw_only=True)
class Closure:
    """A weekly exception: the service is closed although its hours say otherwise."""

    day: int
    part: DayPart


@dataclass(frozen=True, kw_only=True)
class ContactRecord:
    """A service shown to the public; `hours` is its opening in words, exceptions included."""

    name: str
    address: str
    email: str
    phones: tuple[str, ...]
    hours: str
    opening: tuple[Opening, ...]
    closures: tuple[Closure, ...]


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
