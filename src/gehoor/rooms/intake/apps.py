"""The Django app of this room."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Room: intake."""

    name = "gehoor.rooms.intake"
    label = "gehoor_intake"

    def ready(self) -> None:
        """Register the eraser, and the stage of the room below, which cannot reach up to here."""
        from gehoor.rooms.intake import audited, beside, erasing, lens, stages, turns, worker
        from gehoor.rooms.privacy import rights, words
        from gehoor.rooms.voices import lenses, understanding

        lenses.register(lens.LENS)
        rights.register(room="intake", height=30, erase=erasing.erase, export=erasing.export)
        beside.register(beside.Beside("engines", lambda goes_on: lambda: worker.take_turns_once(goes_on)))
        beside.register(beside.Beside("what takes long", lambda goes_on: worker.pace.ponder))
        stages.register(
            stages.Stage(
                name=turns.STAGE_NAME,
                order=5,
                title=turns.STAGE_TITLE,
                pending=turns.pending,
                drain=turns.drain,
                aside=True,
            )
        )
        stages.register(
            stages.Stage(
                name=understanding.STAGE_NAME,
                order=10,
                title=understanding.STAGE_TITLE,
                pending=understanding.pending,
                drain=understanding.drain,
                forget=understanding.forget_all,
            )
        )
        words.register(actions=audited.ACTIONS, things=audited.THINGS)
