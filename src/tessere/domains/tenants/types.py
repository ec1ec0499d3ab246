from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TenantRecord:
    """A tenant as every storey may know it."""

    id: int
    slug: str
    name: str
    host: str
