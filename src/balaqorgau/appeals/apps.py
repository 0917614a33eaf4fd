"""Django's handle on the room."""

from django.apps import AppConfig


class AppealsConfig(AppConfig):
    name = "balaqorgau.appeals"
    label = "appeals"
    default_auto_field = "django.db.models.BigAutoField"
