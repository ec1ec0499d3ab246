from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tessere.domains.audit"
    label = "audit"
