"""The Django app of this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Room: accounts."""

    name = "gehoor.rooms.accounts"
    label = "gehoor_accounts"

    def ready(self) -> None:
        """Register this room's route in the interface for programs."""
        from gehoor.rooms.accounts import routes

        routes.register("accounts", routes="gehoor.rooms.accounts.api")
