"""The Django app of this room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Room: intake."""

    name = "gehoor.rooms.intake"
    label = "gehoor_intake"
