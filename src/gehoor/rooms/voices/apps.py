"""The Django app of this room."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """Room: voices."""

    name = "gehoor.rooms.voices"
    label = "gehoor_voices"

    def ready(self) -> None:
        """Register the eraser and the routes for programs. The stage is registered by intake, above this room."""
        from gehoor.rooms.accounts import interface
        from gehoor.rooms.privacy import rights, words
        from gehoor.rooms.voices import api, audited, erasing, rendering

        rights.register(room="voices", height=20, erase=erasing.erase, export=erasing.export)
        rights.register_afterwards(erasing.forget)
        rights.register_afterwards(lambda _: rendering.drawn.forget())
        interface.register("voices", router=api.router, scopes=api.SCOPES)
        words.register(actions=audited.ACTIONS, things=audited.THINGS)
