"""The host names the tenant; nothing else does."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tessere.domains.tenants import queries as tenants
from tessere.foundation.tenancy import tenant_context

BARE_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
_STRANGER_URLS = "tessere.config.stranger_urls"
_BARE_URLS = "tessere.config.bare_urls"


class TenantMiddleware:
    """Serve the request for the tenant that its host names.

    The bare host of a development machine lists the tenants; any other host is answered 404.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host()
        tenant = tenants.tenant_for_host(host)
        request.tenant = tenant  # type: ignore[attr-defined]
        if tenant is None:
            bare = host.partition(":")[0] in BARE_HOSTS or host.startswith("[::1]")
            request.urlconf = _BARE_URLS if bare else _STRANGER_URLS
        with tenant_context(tenant.id if tenant else None):
            return self.get_response(request)
