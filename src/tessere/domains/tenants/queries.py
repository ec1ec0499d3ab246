from tessere.domains.tenants.models import Tenant
from tessere.domains.tenants.types import TenantRecord


def _record(tenant: Tenant) -> TenantRecord:
    return TenantRecord(id=tenant.pk, slug=tenant.slug, name=tenant.name, host=tenant.host)


def tenant_for_host(host: str) -> TenantRecord | None:
    """The tenant that a host names, port and case ignored."""
    name = host.lower().partition(":")[0].rstrip(".")
    tenant = Tenant.objects.filter(host=name).first()
    return _record(tenant) if tenant else None


def tenant_for_slug(slug: str) -> TenantRecord | None:
    """The tenant with this slug."""
    tenant = Tenant.objects.filter(slug=slug).first()
    return _record(tenant) if tenant else None


def all_tenants() -> list[TenantRecord]:
    """Every tenant of the installation, in the order of their creation."""
    return [_record(tenant) for tenant in Tenant.objects.order_by("pk")]
