"""The addresses of this room."""

from django.urls import URLPattern, path

from gehoor.rooms.changes.views import deciding, looking, starting

app_name = "changes"

urlpatterns: list[URLPattern] = [
    path("", looking.changes, name="changes"),
    path("begin/", starting.start, name="start"),
    path("stappen/<uuid:public_id>/ongedaan/", deciding.undo, name="undo"),
    path("<uuid:public_id>/", looking.change, name="change"),
    path("<uuid:public_id>/woorden/", deciding.word, name="word"),
    path("<uuid:public_id>/stap/", deciding.step, name="step"),
    path("<uuid:public_id>/weg/", deciding.remove, name="remove"),
    path("<uuid:public_id>/terug/", deciding.restore, name="restore"),
    path("<uuid:public_id>/behoeften/", deciding.add_need, name="add_need"),
    path("<uuid:public_id>/behoeften/<uuid:need>/eraf/", deciding.remove_need, name="remove_need"),
]
