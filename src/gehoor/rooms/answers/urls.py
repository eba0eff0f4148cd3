"""The addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "answers"

urlpatterns: list[URLPattern | URLResolver] = [
    path("gegeven/", include("gehoor.rooms.answers.given.urls")),
    path("controle/", include("gehoor.rooms.answers.checking.urls")),
    path("bezoeken/", include("gehoor.rooms.answers.visits.urls")),
    path("", include("gehoor.rooms.answers.book.urls")),
]
