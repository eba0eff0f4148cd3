"""The Django app of this room."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    """Room: changes."""

    name = "gehoor.rooms.changes"
    label = "gehoor_changes"

    def ready(self) -> None:
        """Register the stage, the panels, how this room erases and exports, and names for the trail."""
        from gehoor.rooms.answers.book import stirred
        from gehoor.rooms.changes import askers, audited, erasing, naming, need_panel, panel, publishing_page, statement
        from gehoor.rooms.changes.for_answers import done_about
        from gehoor.rooms.intake import stages
        from gehoor.rooms.needs import panels as need_panels
        from gehoor.rooms.people import panels
        from gehoor.rooms.privacy import rights, subjects, words
        from gehoor.rooms.public import pages
        from gehoor.rooms.voices import judged

        stages.register(stages.Stage("askers", 60, askers.STAGE_TITLE, askers.pending, askers.drain, askers.forget))
        need_panels.register(need_panel.PANEL)
        panels.register(panel.PANEL)
        rights.register(room="changes", height=80, erase=erasing.erase, export=erasing.export)
        judged.register(erasing.judged)
        subjects.register("change", naming.changes)
        judged.register(statement.judged)
        pages.register(publishing_page.PAGE)
        words.register(actions=audited.ACTIONS, things=audited.THINGS)
        stirred.register(done_about)
