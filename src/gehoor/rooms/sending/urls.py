"""The addresses of this room."""

from django.urls import URLPattern

app_name = "sending"

urlpatterns: list[URLPattern] = []
