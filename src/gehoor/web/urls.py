"""The root addresses: every room at its own path, and the few pages that belong to no room."""

from django.urls import URLPattern, URLResolver, include, path

from gehoor.web import views

ROOMS = {
    "today": "",
    "voices": "stemmen/",
    "needs": "behoeften/",
    "desk": "balie/",
    "answers": "antwoorden/",
    "listening": "luisteren/",
    "changes": "veranderingen/",
    "people": "klanten/",
    "sending": "versturen/",
    "public": "publiek/",
    "intake": "beheer/",
    "privacy": "privacy/",
    "accounts": "account/",
}


urlpatterns: list[URLPattern | URLResolver] = [
    path("taal/", views.language, name="language"),
    path("gezond/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("beelden/<str:picture>.svg", views.picture, name="picture"),
    path("api/v1/", include("gehoor.web.api.urls")),
    path("noteren/", include("gehoor.rooms.intake.note_urls")),
    path("wat-we-deden/", include("gehoor.rooms.changes.publishing_urls")),
    path("veelgestelde-vragen/", include("gehoor.rooms.answers.book.public_urls")),
    path("publiek/", include("gehoor.rooms.people.public_urls")),
    path("", include("gehoor.rooms.desk.talking.urls")),
    *(path(address, include(f"gehoor.rooms.{room}.urls")) for room, address in ROOMS.items()),
]

handler400 = "gehoor.web.views.bad_request"
handler403 = "gehoor.web.views.forbidden"
handler404 = "gehoor.web.views.not_found"
handler500 = "gehoor.web.views.broken"
