from django.db import transaction

from tessere.domains.identity.models import Session, SignInThrottle
from tessere.domains.identity.rules import THROTTLES_KEPT_FOR
from tessere.domains.tenants.steps import for_every_tenant
from tessere.domains.tenants.types import TenantRecord
from tessere.foundation.clock import now


def forget_visits() -> int:
    """Delete sessions that have expired and throttles that no longer count; gives their number."""
    return for_every_tenant(_forget)


def _forget(_tenant: TenantRecord) -> int:
    with transaction.atomic():
        sessions, _by_model = Session.objects.filter(expire_date__lt=now()).delete()
        old = SignInThrottle.objects.filter(last_failure__lt=now() - THROTTLES_KEPT_FOR)
        throttles, _by_model = old.delete()
    return sessions + throttles
