"""The addresses of this part."""

from django.urls import URLPattern, path

from gehoor.rooms.desk.chorus import views

urlpatterns: list[URLPattern] = [
    path("<uuid:public_id>/", views.chorus, name="chorus"),
    path("<uuid:public_id>/hoever/", views.going, name="chorus_going"),
    path("<uuid:public_id>/antwoord/", views.answer, name="chorus_answer"),
    path("<uuid:public_id>/stop/", views.stop, name="chorus_stop"),
    path("<uuid:public_id>/los/", views.dissolve, name="dissolve_chorus"),
    path("zaak/<uuid:public_id>/eruit/", views.take_out, name="take_out_of_chorus"),
]
