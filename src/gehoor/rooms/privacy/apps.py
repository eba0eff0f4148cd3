"""The Django app of this room."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Room: privacy."""

    name = "gehoor.rooms.privacy"
    label = "gehoor_privacy"

    def ready(self) -> None:
        """Declare Django's own tables, and register what this room keeps of a person."""
        from gehoor.rooms.privacy import django_tables, erasing, rights  # noqa: F401

        rights.register(room="privacy", height=10, erase=erasing.erase, export=erasing.export)
