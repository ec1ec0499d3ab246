"""Recurring work is done for every tenant, each in its own context."""

import pytest

from tessere.domains.tenants.steps import for_every_tenant
from tessere.domains.tenants.types import TenantRecord
from tessere.foundation.tenancy import current_tenant_id
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


def test_a_tenant_whose_work_fails_keeps_no_other_waiting() -> None:
    first, second, third = (make_world() for _each in range(3))
    served = []

    def work(tenant: TenantRecord) -> int:
        if tenant.id == second.tenant_id:
            raise RuntimeError("this tenant's work cannot be done")
        assert current_tenant_id() == tenant.id
        served.append(tenant.id)
        return 2

    assert for_every_tenant(work) == 2 * len(served)
    assert {first.tenant_id, third.tenant_id} <= set(served)
    assert second.tenant_id not in served
    assert current_tenant_id() is None
