"""The Django application of the design system."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, tags and static files; no models."""

    name = "tessere.ui"
    label = "ui"
    verbose_name = "Design system"
