"""The Django app of this room."""

from django.apps import AppConfig


class ListeningConfig(AppConfig):
    """Room: listening."""

    name = "gehoor.rooms.listening"
    label = "gehoor_listening"

    def ready(self) -> None:
        """Register the lens on voices, how this room erases and exports, and the name of a session in the trail."""
        from gehoor.rooms.listening import erasing, lens
        from gehoor.rooms.privacy import rights, subjects
        from gehoor.rooms.voices import judged, lenses

        lenses.register(lens.LENS)
        rights.register(room="listening", height=70, erase=erasing.erase, export=erasing.export)
        judged.register(erasing.judged)
        subjects.register("listening_session", lens.subjects)
