"""The addresses of this room."""

from django.urls import URLPattern, path

from gehoor.rooms.public import views

app_name = "public"

urlpatterns: list[URLPattern] = [
    path("", views.pages, name="pages"),
    path("briefhoofd/", views.letterhead, name="letterhead"),
    path("briefhoofd/<uuid:public_id>/ongedaan/", views.undo_letterhead, name="undo_letterhead"),
]
