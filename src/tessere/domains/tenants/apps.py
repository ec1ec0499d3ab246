from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tessere.domains.tenants"
    label = "tenants"
