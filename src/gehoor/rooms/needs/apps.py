"""The Django app of this room."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Room: needs."""

    name = "gehoor.rooms.needs"
    label = "gehoor_needs"

    def ready(self) -> None:
        """Register the stages, the lens on voices, the panel on a dossier, the routes for programs, and how this room
        erases and exports."""
        from gehoor.rooms.accounts import routes
        from gehoor.rooms.intake import stages
        from gehoor.rooms.needs import audited, erasing, following, lens, panel, scopes, staging
        from gehoor.rooms.people import panels
        from gehoor.rooms.privacy import rights, subjects, words
        from gehoor.rooms.voices import changes, document, judged, lenses

        for stage in staging.STAGES:
            stages.register(stage)
        lenses.register(lens.LENS)
        document.register(scopes.NEED)
        routes.register("needs", routes="gehoor.rooms.needs.api", scopes=scopes.SCOPES)
        panels.register(panel.PANEL)
        rights.register(room="needs", height=60, erase=erasing.erase, export=erasing.export)
        rights.register_afterwards(erasing.sweep)
        judged.register(erasing.judged)
        changes.register(following.follow)
        subjects.register("need", lens.subjects)
        words.register(actions=audited.ACTIONS, things=audited.THINGS)
