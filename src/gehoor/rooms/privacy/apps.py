"""The Django app of this room."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Room: privacy."""

    name = "gehoor.rooms.privacy"
    label = "gehoor_privacy"
