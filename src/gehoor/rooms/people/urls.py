"""The addresses of this room."""

from django.urls import path

from gehoor.rooms.people import views

app_name = "people"

urlpatterns = [
    path("", views.people, name="people"),
    path("<uuid:public_id>/", views.dossier, name="dossier"),
    path("<uuid:public_id>/kenmerk/<int:identity>/apart/", views.keep_apart, name="keep_apart"),
    path("<uuid:public_id>/apart/<uuid:apart>/ongedaan/", views.undo_apart, name="undo_apart"),
    path("<uuid:public_id>/gegevens/", views.export, name="export"),
    path("<uuid:public_id>/wissen/", views.erase, name="erase"),
]
