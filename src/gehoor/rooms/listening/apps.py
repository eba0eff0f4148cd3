"""The Django app of this room."""

from django.apps import AppConfig


class ListeningConfig(AppConfig):
    """Room: listening."""

    name = "gehoor.rooms.listening"
    label = "gehoor_listening"
