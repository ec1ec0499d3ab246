"""Addresses of the bare host of a development machine: the tenants, and where to find them."""

from django.urls import include, path

from tessere.portals.public.home.views import tenants

urlpatterns = [
    path("", include("tessere.ui.urls")),
    path("", tenants),
]
