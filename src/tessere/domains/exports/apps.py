from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "tessere.domains.exports"
    label = "exports"
