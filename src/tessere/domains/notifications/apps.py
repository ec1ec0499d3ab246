from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "tessere.domains.notifications"
    label = "notifications"
