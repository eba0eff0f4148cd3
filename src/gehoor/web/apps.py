"""The Django app that holds base templates, styles, the menu and the root addresses."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Web: what every screen shares."""

    name = "gehoor.web"
    label = "gehoor_web"
