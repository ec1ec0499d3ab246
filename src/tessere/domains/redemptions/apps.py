from django.apps import AppConfig


class RedemptionsConfig(AppConfig):
    name = "tessere.domains.redemptions"
    label = "redemptions"
