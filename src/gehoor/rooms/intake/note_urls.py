"""Where notes are written down: a place of its own in the menu."""

from django.urls import path

from gehoor.rooms.intake.views import noting

app_name = "notes"
urlpatterns = [path("", noting.note, name="note")]
