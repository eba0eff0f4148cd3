"""The Django app of this room."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Room: privacy."""

    name = "gehoor.rooms.privacy"
    label = "gehoor_privacy"

    def ready(self) -> None:
        """Declare Django's own tables, listen to changes of users, and register what this room keeps of a person."""
        from gehoor.rooms.accounts import events
        from gehoor.rooms.privacy import audit, audited, django_tables, erasing, naming, rights, subjects, words  # noqa: F401

        events.on_change(audit.do_log_user)
        rights.register(room="privacy", height=10, erase=erasing.erase, export=erasing.export)
        subjects.register("token", naming.tokens)
        words.register(actions=audited.ACTIONS, things=audited.THINGS)
