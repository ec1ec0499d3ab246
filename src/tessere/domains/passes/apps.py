from django.apps import AppConfig


class PassesConfig(AppConfig):
    name = "tessere.domains.passes"
    label = "passes"
