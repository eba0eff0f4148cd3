"""The Django app of this room."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Room: public."""

    name = "gehoor.rooms.public"
    label = "gehoor_public"
