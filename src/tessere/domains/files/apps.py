from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "tessere.domains.files"
    label = "files"
