"""A host that names no tenant has the design system's files, for the page that says so."""

from django.urls import include, path

urlpatterns = [path("", include("tessere.ui.urls"))]
