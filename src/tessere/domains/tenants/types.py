from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tessere.foundation.errors import Refusal


@dataclass(frozen=True, kw_only=True)
class TenantRecord:
    """A tenant as every storey may know it."""

    id: int
    slug: str
    name: str
    host: str


class SlugInvalid(Refusal):
    """The short name holds more than letters, digits and hyphens."""

    code = "tenants.slug_invalid"
    short_code = "SIT-01"
    message = _("Le nom court « %(slug)s » ne convient pas.")
    next_step = _("Écrivez des lettres minuscules, des chiffres et des traits d’union.")
    status = 400


class HostInvalid(Refusal):
    """This is not the name of a host."""

    code = "tenants.host_invalid"
    short_code = "SIT-02"
    message = _("L’hôte « %(host)s » ne convient pas.")
    next_step = _("Écrivez le nom d’hôte seul, sans « https:// » ni numéro de port.")
    status = 400


class SlugTaken(Refusal):
    """Another tenant has this short name."""

    code = "tenants.slug_taken"
    short_code = "SIT-03"
    message = _("Le nom court « %(slug)s » est déjà pris.")
    next_step = _("Choisissez-en un autre.")


class HostTaken(Refusal):
    """Another tenant is reached by this host."""

    code = "tenants.host_taken"
    short_code = "SIT-04"
    message = _("L’hôte « %(host)s » désigne déjà un autre site.")
    next_step = _("Choisissez-en un autre.")


class SirenInvalid(Refusal):
    """Not nine digits, or a check digit that does not fit."""

    code = "tenants.siren_invalid"
    short_code = "SIT-05"
    message = _("Le SIREN « %(siren)s » n’existe pas.")
    next_step = _("Relisez ses 9 chiffres.")
    status = 400


class SirenTaken(Refusal):
    """The tenant has this authority already."""

    code = "tenants.siren_taken"
    short_code = "SIT-06"
    message = _("Une autorité de ce site a déjà le SIREN %(siren)s.")
    next_step = _("Relisez-le, ou reprenez l’autorité existante.")
