from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "tessere.domains.ledger"
    label = "ledger"
