"""Addresses of the installation. The gate decides who may open them."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("tessere.ui.urls")),
]
