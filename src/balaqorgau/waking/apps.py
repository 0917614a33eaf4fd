"""Django's handle on the room."""

from django.apps import AppConfig


class WakingConfig(AppConfig):
    name = "balaqorgau.waking"
    label = "waking"
    default_auto_field = "django.db.models.BigAutoField"
