"""Addresses of a tenant's host. The gate decides who may open them."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tessere.ui.urls")),
    path("", include("tessere.portals.public.urls")),
    path("partner/", include("tessere.portals.partner.urls")),
    path("beneficiary/", include("tessere.portals.beneficiary.urls")),
]

handler400 = "tessere.gate.errors.bad_request"
handler403 = "tessere.gate.errors.forbidden"
handler404 = "tessere.gate.errors.not_found"
handler500 = "tessere.gate.errors.failed"
