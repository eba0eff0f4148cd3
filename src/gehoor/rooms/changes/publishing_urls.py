"""The address of the page for everyone."""

from django.urls import URLPattern, path

from gehoor.rooms.changes import publishing_views

app_name = "did"

urlpatterns: list[URLPattern] = [path("", publishing_views.did, name="did")]
