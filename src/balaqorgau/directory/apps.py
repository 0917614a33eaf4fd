"""Django's handle on the room."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "balaqorgau.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
