"""Django's handle on the room."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "balaqorgau.ui"
    label = "ui"
