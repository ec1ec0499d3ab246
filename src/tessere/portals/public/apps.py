from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "tessere.portals.public"
    label = "public_portal"
