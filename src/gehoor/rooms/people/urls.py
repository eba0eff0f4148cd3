"""The addresses of this room."""

from django.urls import path

from gehoor.rooms.people import reach_views, views

app_name = "people"

urlpatterns = [
    path("", views.people, name="people"),
    path("<uuid:public_id>/", views.dossier, name="dossier"),
    path("<uuid:public_id>/kenmerk/<int:identity>/apart/", views.keep_apart, name="keep_apart"),
    path("<uuid:public_id>/apart/<uuid:apart>/ongedaan/", views.undo_apart, name="undo_apart"),
    path("<uuid:public_id>/bereiken/", reach_views.wish, name="wish"),
    path("<uuid:public_id>/bereiken/<uuid:preference>/ongedaan/", reach_views.undo_wish, name="undo_wish"),
    path("<uuid:public_id>/postadres/", reach_views.address, name="address"),
    path("<uuid:public_id>/postadres/onjuist/", reach_views.wrong_address, name="wrong_address"),
    path("<uuid:public_id>/postadres/<uuid:address>/ongedaan/", reach_views.undo_address, name="undo_address"),
    path("<uuid:public_id>/gegevens/", views.export, name="export"),
    path("<uuid:public_id>/wissen/", views.erase, name="erase"),
]
