"""The addresses of this part."""

from django.urls import URLPattern, path

from gehoor.rooms.desk.calling import views

urlpatterns: list[URLPattern] = [path("", views.calling, name="calling")]
