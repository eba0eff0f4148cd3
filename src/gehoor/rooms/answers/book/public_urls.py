"""The addresses of the questions and answers for everyone."""

from django.urls import URLPattern, path

from gehoor.rooms.answers.book import public_views

app_name = "faq"

urlpatterns: list[URLPattern] = [
    path("", public_views.faq, name="faq"),
    path("<uuid:public_id>/", public_views.entry, name="entry"),
]
