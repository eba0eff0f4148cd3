"""The Django app of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Room: people."""

    name = "gehoor.rooms.people"
    label = "gehoor_people"
