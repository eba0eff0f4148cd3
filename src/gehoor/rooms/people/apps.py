"""The Django app of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Room: people."""

    name = "gehoor.rooms.people"
    label = "gehoor_people"

    def ready(self) -> None:
        """Register the stage, the lens on voices, what programs may know, and how this room erases and exports."""
        from gehoor.rooms.accounts import interface
        from gehoor.rooms.intake import stages
        from gehoor.rooms.people import api, audited, erasing, hearing, identifying, lens
        from gehoor.rooms.privacy import rights, subjects, words
        from gehoor.rooms.voices import document, lenses

        stages.register(identifying.STAGE)
        stages.register(hearing.STAGE)
        lenses.register(lens.LENS)
        document.register(api.PERSON)
        interface.register("people", scopes=api.SCOPES)
        rights.register(room="people", height=40, erase=erasing.erase, export=erasing.export)
        subjects.register("person", lens.subjects)
        words.register(actions=audited.ACTIONS, things=audited.THINGS)
