"""Django's handle on the room."""

from django.apps import AppConfig


class RepliesConfig(AppConfig):
    name = "balaqorgau.replies"
    label = "replies"
    default_auto_field = "django.db.models.BigAutoField"
