"""The addresses of this room."""

from django.urls import path

from gehoor.rooms.privacy import views

app_name = "privacy"

urlpatterns = [
    path("", views.register, name="register"),
    path("tabel/", views.export_register, name="export_register"),
    path("spoor/", views.trail, name="trail"),
]
