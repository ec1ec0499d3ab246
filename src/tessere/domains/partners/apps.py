from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "tessere.domains.partners"
    label = "partners"
