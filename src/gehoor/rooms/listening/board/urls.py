"""The addresses of the board letter; they stand under those of the room."""

from django.urls import path

from gehoor.rooms.listening.board import views

urlpatterns = [
    path("", views.board, name="board"),
    path("<uuid:public_id>/", views.letter, name="board_letter"),
    path("<uuid:public_id>/brief.pdf", views.pdf, name="board_pdf"),
    path("<uuid:public_id>/citaat/<int:position>/", views.passage, name="board_passage"),
    path("<uuid:public_id>/wijzig/<slug:what>/", views.change, name="board_change"),
    path("<uuid:public_id>/weg/", views.remove, name="board_remove"),
    path("<uuid:public_id>/terug/", views.restore, name="board_restore"),
    path("<slug:code>/", views.stack, name="board_stack"),
]
