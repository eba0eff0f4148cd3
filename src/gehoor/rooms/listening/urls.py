"""The addresses of this room."""

from django.urls import path

from gehoor.rooms.listening import views

app_name = "listening"

urlpatterns = [
    path("", views.listening, name="listening"),
    path("nieuw/", views.start, name="start"),
    path("stem/<uuid:public_id>/tik/", views.beat, name="beat"),
    path("<uuid:public_id>/", views.session, name="session"),
    path("<uuid:public_id>/dank/", views.thanks, name="thanks"),
    path("<uuid:public_id>/<int:number>/", views.reading, name="reading"),
    path("<uuid:public_id>/<int:number>/verder/", views.move_on, name="move_on"),
]
