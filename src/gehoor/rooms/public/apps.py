"""The Django app of this room."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Room: public."""

    name = "gehoor.rooms.public"
    label = "gehoor_public"

    def ready(self) -> None:
        """Register the tab of the letterhead within administration."""
        from gehoor.kernel.language import sentence
        from gehoor.rooms.accounts.roles import May
        from gehoor.rooms.intake.views import places
        from gehoor.rooms.privacy import words
        from gehoor.rooms.public import audited

        places.register(sentence("Letterhead"), "public:letterhead", May.SET_SENDERS)
        words.register(actions=audited.ACTIONS, things=audited.THINGS)
