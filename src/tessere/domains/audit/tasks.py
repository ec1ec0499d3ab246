from django.db import IntegrityError, transaction

from tessere.domains.audit.steps import seal
from tessere.domains.tenants import queries as tenants
from tessere.foundation.clock import now
from tessere.foundation.tenancy import tenant_context


def seal_journals() -> int:
    """Chain what was written since the last seal, tenant after tenant; gives the events sealed."""
    return sum(_seal_tenant(tenant.id) for tenant in tenants.all_tenants())


def _seal_tenant(tenant_id: int) -> int:
    try:
        with tenant_context(tenant_id), transaction.atomic():
            return seal(now=now())
    except IntegrityError:
        # Another worker sealed the same events first.
        return 0
