from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "tessere.domains.programmes"
    label = "programmes"
