"""The Django app of this room."""

from django.apps import AppConfig


class ListeningConfig(AppConfig):
    """Room: listening."""

    name = "gehoor.rooms.listening"
    label = "gehoor_listening"

    def ready(self) -> None:
        """Register the lens on voices, how this room erases, exports and follows, and names for the trail."""
        from gehoor.rooms.listening import audited, erasing, following, lens, naming
        from gehoor.rooms.listening.board.naming import board_letters
        from gehoor.rooms.privacy import rights, subjects, words
        from gehoor.rooms.voices import changes, judged, lenses

        lenses.register(lens.LENS)
        rights.register(room="listening", height=70, erase=erasing.erase, export=erasing.export)
        judged.register(erasing.judged)
        changes.register(following.follow)
        subjects.register("listening_session", naming.sessions)
        subjects.register("handed_on", naming.handed_on)
        subjects.register("appointment", naming.appointments)
        subjects.register("board_letter", board_letters)
        words.register(actions=audited.ACTIONS, things=audited.THINGS)
