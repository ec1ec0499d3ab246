from django.db import IntegrityError, transaction

from tessere.domains.audit.steps import seal
from tessere.domains.tenants.steps import for_every_tenant
from tessere.domains.tenants.types import TenantRecord
from tessere.foundation.clock import now


def seal_journals() -> int:
    """Chain what was written since the last seal, tenant after tenant; gives the events sealed."""
    return for_every_tenant(_seal)


def _seal(_tenant: TenantRecord) -> int:
    try:
        with transaction.atomic():
            return seal(now=now())
    except IntegrityError:
        # Another worker sealed the same events first.
        return 0
