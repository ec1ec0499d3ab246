"""The host names the tenant; nothing else does."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tessere.domains.tenants import queries as tenants
from tessere.foundation.tenancy import tenant_context

_STRANGER_URLS = "tessere.config.stranger_urls"
_BARE_URLS = "tessere.config.bare_urls"


class TenantMiddleware:
    """Serve the request for the tenant that its host names.

    The bare host of a development machine lists the tenants, in production no host does; any other
    host is answered 404.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host()
        tenant = tenants.tenant_for_host(host)
        request.tenant = tenant  # type: ignore[attr-defined]
        if tenant is None:
            bare = _without_port(host) in settings.TESSERE_BARE_HOSTS
            request.urlconf = _BARE_URLS if bare else _STRANGER_URLS
        with tenant_context(tenant.id if tenant else None):
            return self.get_response(request)


def _without_port(host: str) -> str:
    """`[::1]` of `[::1]:8000`, `localhost` of `localhost:8000`."""
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
