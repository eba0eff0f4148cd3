"""The Django app of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Room: people."""

    name = "gehoor.rooms.people"
    label = "gehoor_people"

    def ready(self) -> None:
        """Register the stage, the lens on voices, what programs may know, and how this room erases and exports."""
        from gehoor.rooms.accounts import routes
        from gehoor.rooms.intake import stages
        from gehoor.rooms.people import audited, erasing, hearing, identifying, lens, scopes
        from gehoor.rooms.privacy import rights, subjects, words
        from gehoor.rooms.voices import document, lenses

        stages.register(identifying.STAGE)
        stages.register(hearing.STAGE)
        lenses.register(lens.LENS)
        document.register(scopes.PERSON)
        routes.register("people", scopes=scopes.SCOPES)
        rights.register(room="people", height=40, erase=erasing.erase, export=erasing.export)
        subjects.register("person", lens.subjects)
        words.register(actions=audited.ACTIONS, things=audited.THINGS)
