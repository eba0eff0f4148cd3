"""The addresses of this part."""

from django.urls import URLPattern, path

from gehoor.rooms.desk.clocks import speed_views, views

urlpatterns: list[URLPattern] = [
    path("", views.read_times, name="times"),
    path("uren/", views.hours, name="hours"),
    path("uren/<uuid:public_id>/ongedaan/", views.undo_hours, name="undo_hours"),
    path("uren/<uuid:public_id>/terug/", views.restore_hours, name="restore_hours"),
    path("snelheid/<uuid:public_id>/", speed_views.speed, name="speed"),
    path("snelheid/ongedaan/<uuid:public_id>/", speed_views.undo_speed, name="undo_speed"),
]
