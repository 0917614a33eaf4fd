"""Django's handle on the room."""

from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "balaqorgau.signin"
    label = "signin"
    default_auto_field = "django.db.models.BigAutoField"
