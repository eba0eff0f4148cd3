"""The addresses of the interface for programs."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, path, re_path

from gehoor.web.api import views
from gehoor.web.api.answering import answering

app_name = "api"


def _routes() -> Iterator[URLPattern]:
    """Every room's routes, each with what holds for all of them around it."""
    for route in views.interface.urls[0]:
        if isinstance(route, URLPattern) and route.name != "api-root":
            yield path(str(route.pattern), answering(route.callback), name=route.name)


urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("openapi.json", views.openapi, name="openapi"),
    *_routes(),
    re_path(r"^(?P<rest>[\s\S]+)$", answering(views.nowhere), name="nowhere"),
]
