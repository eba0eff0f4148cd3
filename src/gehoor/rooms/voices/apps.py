"""The Django app of this room."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """Room: voices."""

    name = "gehoor.rooms.voices"
    label = "gehoor_voices"
