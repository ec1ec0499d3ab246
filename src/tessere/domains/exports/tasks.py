from collections.abc import Mapping

from django.db import transaction

from tessere.domains.exports.making import make_next
from tessere.domains.exports.models import ExportFile
from tessere.domains.exports.steps import forget
from tessere.domains.exports.types import Definition
from tessere.domains.tenants.steps import for_every_tenant
from tessere.domains.tenants.types import TenantRecord
from tessere.foundation.clock import now
from tessere.foundation.db.crossing import tenant_ids

# A structure that asks for a hundred files does not make the others wait for all of them.
_TURNS = 3


def make_exports(definitions: Mapping[str, Definition]) -> int:
    """Make the files that were asked for, tenant after tenant; gives their number.

    One statement when none is awaited, for any number of tenants.
    """
    awaiting = tenant_ids("exports_tenants_awaiting", now())
    return for_every_tenant(lambda _tenant: _make(definitions), among=awaiting)


def _make(definitions: Mapping[str, Definition]) -> int:
    for made in range(_TURNS):
        if not make_next(definitions=definitions):
            return made
    return _TURNS


def delete_expired() -> int:
    """Delete the files past their last day, tenant after tenant; gives their number."""
    return for_every_tenant(_delete_expired, among=tenant_ids("exports_tenants_past", now()))


def _delete_expired(_tenant: TenantRecord) -> int:
    with transaction.atomic():
        past = list(ExportFile.objects.filter(expires_at__lte=now()).order_by("pk"))
    for export in past:
        with transaction.atomic():
            forget(export)
    return len(past)
