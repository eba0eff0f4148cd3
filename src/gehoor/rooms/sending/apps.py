"""The Django app of this room."""

from django.apps import AppConfig

from gehoor.kernel.language import sentence


class SendingConfig(AppConfig):
    """Room: sending."""

    name = "gehoor.rooms.sending"
    label = "gehoor_sending"

    def ready(self) -> None:
        """Register the work of sending, who follows what comes in, and how this room erases, exports and names."""
        from gehoor.rooms.accounts.roles import May
        from gehoor.rooms.intake import beside, followers
        from gehoor.rooms.intake.views import places
        from gehoor.rooms.privacy import rights, subjects, words
        from gehoor.rooms.sending import audited, delivering, erasing, following, naming

        rights.register(room="sending", height=50, erase=erasing.erase, export=erasing.export)
        beside.register(beside.Beside("sending", lambda goes_on: delivering.Desk(goes_on).once))
        followers.register(following.follow)
        subjects.register("run", naming.runs)
        subjects.register("sender", naming.senders)
        places.register(sentence("Senders"), "sending:senders", May.SET_SENDERS)
        words.register(actions=audited.ACTIONS, things=audited.THINGS)
