"""The addresses of this room."""

from django.urls import path

from gehoor.rooms.today import views

app_name = "today"

urlpatterns = [path("", views.today, name="today")]
