"""The addresses of this part."""

from django.urls import URLPattern, path

from gehoor.rooms.desk.answering import letter_views, setting_views, views

urlpatterns: list[URLPattern] = [
    path("brieven/", letter_views.letters, name="letters"),
    path("brieven/antwoorden.pdf", letter_views.letter_stack, name="letter_stack"),
    path("manieren/", setting_views.manners, name="manners"),
    path("antwoorden/<uuid:public_id>/terug/", views.take_back, name="take_back"),
    path("antwoorden/<uuid:public_id>/anders/", views.otherwise, name="answer_otherwise"),
    path("antwoorden/<uuid:public_id>/afloop/", views.settle, name="settle_answer"),
    path("<uuid:public_id>/antwoord/", views.answer, name="answer"),
    path("<uuid:public_id>/antwoord/concept/", views.draft, name="draft"),
    path("<uuid:public_id>/antwoord/onderweg/", views.under_way, name="on_their_way"),
    path("<uuid:public_id>/antwoord/boek/", views.from_book, name="from_book"),
    path("<uuid:public_id>/antwoord/invoegen/", views.insert, name="insert"),
]
