from uuid import NAMESPACE_URL, uuid5

import structlog
from django.db import DatabaseError

from tessere.domains.passes import queries
from tessere.domains.passes.services import expire_voucher
from tessere.domains.tenants.steps import for_every_tenant
from tessere.domains.tenants.types import TenantRecord
from tessere.foundation.actor import platform
from tessere.foundation.clock import local_date, now
from tessere.foundation.errors import Refusal

log = structlog.get_logger(__name__)


def expire_vouchers() -> int:
    """Let the bons of every tenant lapse whose last day is over; gives their number."""
    return for_every_tenant(_expire_all)


def _expire_all(tenant: TenantRecord) -> int:
    """Bon by bon, so that one that others are working on keeps none of the others waiting."""
    numbers = queries.vouchers_past(today=local_date(now()))
    return sum(_expire(tenant, number) for number in numbers)


def _expire(tenant: TenantRecord, number: str) -> bool:
    # The key follows from the bon: two schedulers at once expire it once.
    key = uuid5(NAMESPACE_URL, f"tessere:expire_voucher:{tenant.id}:{number}")
    try:
        return expire_voucher(
            actor=platform(tenant_id=tenant.id), key=key, number=number, now=now()
        )
    except Refusal as refusal:
        log.warning("voucher_not_expired", number=number, refusal=refusal.code)
    except DatabaseError:
        # Rolled back: this bon alone waits, for somebody who reads the log.
        log.exception("voucher_not_expired", number=number)
    return False
