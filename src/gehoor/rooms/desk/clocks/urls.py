"""The addresses of this part."""

from django.urls import URLPattern, path

from gehoor.rooms.desk.clocks import speed_views

urlpatterns: list[URLPattern] = [
    path("snelheid/<uuid:public_id>/", speed_views.speed, name="speed"),
    path("snelheid/ongedaan/<uuid:public_id>/", speed_views.undo_speed, name="undo_speed"),
]
