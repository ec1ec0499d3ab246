import re
from collections.abc import Callable, Collection

import structlog
from django.db import IntegrityError, connection, transaction
from stdnum.exceptions import ValidationError
from stdnum.fr import siren as siren_number

from tessere.domains.tenants.models import Authority, Tenant
from tessere.domains.tenants.queries import all_tenants
from tessere.domains.tenants.types import (
    HostInvalid,
    HostTaken,
    SirenInvalid,
    SirenTaken,
    SlugInvalid,
    SlugTaken,
    TenantRecord,
)
from tessere.foundation.tenancy import tenant_context

log = structlog.get_logger(__name__)

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


def create_tenant(*, slug: str, name: str, host: str) -> int:
    """Open a tenant on a host; the caller's transaction. Gives its id.

    Errors: SlugInvalid, HostInvalid, SlugTaken, HostTaken.
    """
    host = host.lower()
    if not _SLUG.fullmatch(slug):
        raise SlugInvalid(slug=slug)
    if not _HOST.fullmatch(host):
        raise HostInvalid(host=host)
    try:
        with transaction.atomic():
            return Tenant.objects.create(slug=slug, name=name, host=host).pk
    except IntegrityError as error:
        if "tenants_tenant_slug_unique" in str(error):
            raise SlugTaken(slug=slug) from error
        if "tenants_tenant_host_unique" in str(error):
            raise HostTaken(host=host) from error
        raise


def create_authority(*, name: str, siren: str) -> int:
    """Add an authority, a payer, to the tenant in context. Gives its id.

    Errors: SirenInvalid, SirenTaken.
    """
    try:
        digits = siren_number.validate(siren)
    except ValidationError as error:
        raise SirenInvalid(siren=siren) from error
    try:
        with transaction.atomic():
            return Authority.objects.create(name=name, siren=digits).pk
    except IntegrityError as error:
        if "tenants_authority_siren_unique" not in str(error):
            raise
        raise SirenTaken(siren=digits) from error


def for_every_tenant(
    work: Callable[[TenantRecord], int], *, among: Collection[int] | None = None
) -> int:
    """Do recurring work for each tenant, in its context; gives the sum of what the work gives.

    `among` names the tenants that have something to do, when that is known.
    A tenant whose work fails gets a line in the log, and keeps none of the others waiting.
    """
    done = 0
    if among is not None and not among:
        return 0
    for tenant in all_tenants():
        if among is not None and tenant.id not in among:
            continue
        try:
            with tenant_context(tenant.id):
                done += work(tenant)
        except Exception:
            log.exception("recurring_work_failed", tenant=tenant.slug, work=work.__qualname__)
            if not connection.in_atomic_block:
                # Should it have broken, the next tenant gets another.
                connection.close()
    return done
