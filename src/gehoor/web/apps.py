"""The Django app that holds base templates, styles, the menu and the root addresses."""

from django.apps import AppConfig
from django.conf import settings


class WebConfig(AppConfig):
    """Web: what every screen shares."""

    name = "gehoor.web"
    label = "gehoor_web"

    def ready(self) -> None:
        """WhiteNoise warns about a folder of collected files that is not there; an empty one is right."""
        settings.HOME.folder("static")
