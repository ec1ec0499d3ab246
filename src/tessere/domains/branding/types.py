from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from tessere.foundation.errors import Refusal


class ShortNameTooLong(Refusal):
    """Telephones would cut this name under the icon."""

    code = "branding.short_name_too_long"
    short_code = "MAR-01"
    message = _("Ce nom est trop long pour l’écran d’accueil d’un téléphone.")
    next_step = _("Écrivez 12 caractères au plus, espaces compris.")
    status = 400


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
    """A tenant's brand, as screens, mails and documents need it.

    `short_name` fits under the icon of a telephone; `digest` changes with what is drawn.
    """

    name: str
    short_name: str
    authority: str
    slogan: str
    logo_digest: str
    brand_rgb: str
    accent_rgb: str
    on_brand: str
    corner_px: int
    digest: str
    contact: ContactRecord | None
