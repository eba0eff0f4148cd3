"""The addresses of this room."""

from django.urls import path

from gehoor.rooms.needs.views import deciding, looking, scoring

app_name = "needs"
urlpatterns = [
    path("", looking.needs, name="needs"),
    path("vooraf/", looking.guess, name="guess"),
    path("naar-score/", scoring.by_score, name="by_score"),
    path("opzij/", looking.aside, name="aside"),
    path("<uuid:public_id>/", looking.need, name="need"),
    path("<uuid:public_id>/naam/", deciding.rename, name="rename"),
    path("<uuid:public_id>/samenvoegen/", deciding.merge, name="merge"),
    path("<uuid:public_id>/opzij/", deciding.set_aside, name="set_aside"),
    path("<uuid:public_id>/terug/", deciding.take_back, name="take_back"),
    path("vraagpunten/<uuid:public_id>/verplaatsen/", deciding.move, name="move"),
    path("beslissingen/<uuid:public_id>/ongedaan/", deciding.undo, name="undo"),
]
