"""The Django app of this room."""

from django.apps import AppConfig


class AnswersConfig(AppConfig):
    """Room: answers."""

    name = "gehoor.rooms.answers"
    label = "gehoor_answers"

    def ready(self) -> None:
        """Register how this room erases and exports, and names for the trail."""
        from gehoor.rooms.answers import audited, erasing
        from gehoor.rooms.answers.book import registering as book
        from gehoor.rooms.answers.checking import registering as checking
        from gehoor.rooms.answers.given import registering as given
        from gehoor.rooms.privacy import rights, words

        rights.register(room="answers", height=65, erase=erasing.erase, export=erasing.export)
        words.register(actions=audited.ACTIONS, things=audited.THINGS)
        book.register()
        given.register()
        checking.register()
