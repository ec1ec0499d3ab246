from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "tessere.domains.identity"
    label = "identity"
