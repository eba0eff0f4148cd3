"""The addresses of this part."""

from django.urls import URLPattern, path

from gehoor.rooms.answers.checking import views

urlpatterns: list[URLPattern] = [
    path("", views.index, name="check"),
    path("stem/<uuid:public_id>/", views.beside, name="at_hand"),
    path("bericht/<uuid:public_id>/", views.wording, name="wording"),
    path("anders/", views.departed, name="departures"),
    path("anders/<uuid:public_id>/", views.handle, name="handle_departure"),
]
