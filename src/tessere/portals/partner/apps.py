from django.apps import AppConfig


class PartnerConfig(AppConfig):
    name = "tessere.portals.partner"
    label = "partner_portal"
