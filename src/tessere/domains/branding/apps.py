from django.apps import AppConfig


class BrandingConfig(AppConfig):
    name = "tessere.domains.branding"
    label = "branding"
