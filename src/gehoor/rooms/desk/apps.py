"""The Django app of this room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Room: desk."""

    name = "gehoor.rooms.desk"
    label = "gehoor_desk"

    def ready(self) -> None:
        """Register how this room erases and exports, and names for the trail; then each part its own."""
        from gehoor.rooms.accounts import routes
        from gehoor.rooms.desk import audited, erasing, scopes
        from gehoor.rooms.desk.answering import registering as answering
        from gehoor.rooms.desk.calling import registering as calling
        from gehoor.rooms.desk.cases import registering as cases
        from gehoor.rooms.desk.chorus import registering as chorus
        from gehoor.rooms.desk.clocks import registering as clocks
        from gehoor.rooms.desk.complaints import registering as complaints
        from gehoor.rooms.desk.promises import registering as promises
        from gehoor.rooms.desk.talking import registering as talking
        from gehoor.rooms.privacy import rights, words

        rights.register(room="desk", height=68, erase=erasing.erase, export=erasing.export)
        routes.register("desk", routes="gehoor.rooms.desk.api", scopes=scopes.SCOPES)
        words.register(actions=audited.ACTIONS, things=audited.THINGS)
        for part in (clocks, cases, chorus, promises, complaints, answering, calling, talking):
            part.register()
