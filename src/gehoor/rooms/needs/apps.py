"""The Django app of this room."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Room: needs."""

    name = "gehoor.rooms.needs"
    label = "gehoor_needs"
