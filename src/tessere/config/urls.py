"""Addresses of the installation. The gate decides who may open them."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
