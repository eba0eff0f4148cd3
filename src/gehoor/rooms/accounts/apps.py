"""The Django app of this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Room: accounts."""

    name = "gehoor.rooms.accounts"
    label = "gehoor_accounts"
