"""The Django app of this room."""

from django.apps import AppConfig


class TodayConfig(AppConfig):
    """Room: today."""

    name = "gehoor.rooms.today"
    label = "gehoor_today"
