from django.apps import AppConfig


class BeneficiariesConfig(AppConfig):
    name = "tessere.domains.beneficiaries"
    label = "beneficiaries"
