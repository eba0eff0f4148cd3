"""The Django app of this room."""

from django.apps import AppConfig


class SendingConfig(AppConfig):
    """Room: sending."""

    name = "gehoor.rooms.sending"
    label = "gehoor_sending"
