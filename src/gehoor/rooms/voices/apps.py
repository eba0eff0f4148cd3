"""The Django app of this room."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """Room: voices."""

    name = "gehoor.rooms.voices"
    label = "gehoor_voices"

    def ready(self) -> None:
        """Register the eraser and the routes for programs. The stage is registered by intake, above this room."""
        from gehoor.rooms.accounts import routes
        from gehoor.rooms.privacy import rights, words
        from gehoor.rooms.voices import audited, erasing, rendering, scopes

        rights.register(room="voices", height=20, erase=erasing.erase, export=erasing.export)
        rights.register_afterwards(erasing.forget)
        rights.register_afterwards(lambda _: rendering.drawn.forget())
        routes.register("voices", routes="gehoor.rooms.voices.api", scopes=scopes.SCOPES)
        words.register(actions=audited.ACTIONS, things=audited.THINGS)
