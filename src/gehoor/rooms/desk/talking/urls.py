"""The addresses that customers open; they stand at the root, see ``web/urls.py``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
