"""Django's handle on the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "balaqorgau.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
