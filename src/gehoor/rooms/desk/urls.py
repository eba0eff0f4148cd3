"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "desk"

urlpatterns: list[URLPattern | URLResolver] = [
    path("wie-belt-er/", include("gehoor.rooms.desk.calling.urls")),
    path("toezeggingen/", include("gehoor.rooms.desk.promises.urls")),
    path("klachten/", include("gehoor.rooms.desk.complaints.urls")),
    path("tijden/", include("gehoor.rooms.desk.clocks.urls")),
    path("gelijk/", include("gehoor.rooms.desk.chorus.urls")),
    path("", include("gehoor.rooms.desk.answering.urls")),
    path("", include("gehoor.rooms.desk.cases.urls")),
]
