from tessere.domains.tenants.models import Authority, Tenant


def create_tenant(*, slug: str, name: str, host: str) -> int:
    """Open a tenant on a host; the caller's transaction. Gives its id."""
    return Tenant.objects.create(slug=slug, name=name, host=host.lower()).pk


def create_authority(*, name: str, siren: str) -> int:
    """Add an authority, a payer, to the tenant in context. Gives its id."""
    return Authority.objects.create(name=name, siren=siren).pk
