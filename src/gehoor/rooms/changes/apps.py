"""The Django app of this room."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """Room: changes."""

    name = "gehoor.rooms.changes"
    label = "gehoor_changes"
