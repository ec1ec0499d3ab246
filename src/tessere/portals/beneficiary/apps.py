from django.apps import AppConfig


class BeneficiaryConfig(AppConfig):
    name = "tessere.portals.beneficiary"
    label = "beneficiary_portal"
