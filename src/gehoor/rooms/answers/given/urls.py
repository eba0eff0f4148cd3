"""The addresses of given answers."""

from django.urls import URLPattern, path

from gehoor.rooms.answers.given import views

urlpatterns: list[URLPattern] = [
    path("", views.questions, name="given"),
    path("oordelen/<uuid:public_id>/ongedaan/", views.undo_ruling, name="undo_ruling"),
    path("<uuid:public_id>/", views.question, name="question"),
    path("<uuid:public_id>/oordeel/", views.rule, name="rule"),
    path("<uuid:public_id>/antwoord/", views.begin_entry, name="begin_entry"),
    path("<uuid:public_id>/boek/", views.book_is_wrong, name="book_is_wrong"),
    path("<uuid:public_id>/rechtzetten/<int:group>/", views.put_right, name="put_right"),
]
