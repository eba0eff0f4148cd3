"""The Django app of this room."""

from django.apps import AppConfig


class SendingConfig(AppConfig):
    """Room: sending."""

    name = "gehoor.rooms.sending"
    label = "gehoor_sending"

    def ready(self) -> None:
        """Register how this room erases and exports."""
        from gehoor.rooms.privacy import rights
        from gehoor.rooms.sending import erasing

        rights.register(room="sending", height=50, erase=erasing.erase, export=erasing.export)
