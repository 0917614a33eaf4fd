"""Django's handle on the room."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "balaqorgau.administration"
    label = "administration"
    default_auto_field = "django.db.models.BigAutoField"
