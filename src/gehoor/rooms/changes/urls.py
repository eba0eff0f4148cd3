"""The addresses of this room."""

from django.urls import URLPattern, path

from gehoor.rooms.changes import events_views, measuring_views, publishing_views, statement_views
from gehoor.rooms.changes.views import deciding, handing, looking, naming_voices, starting, telling

app_name = "changes"

urlpatterns: list[URLPattern] = [
    path("", looking.changes, name="changes"),
    path("begin/", starting.start, name="start"),
    path("antwoorden/<uuid:public_id>/ongedaan/", telling.undo_answer, name="undo_answer"),
    path("doorgegeven/<uuid:public_id>/", handing.take_up, name="take_up"),
    path("doorgegeven/<uuid:public_id>/terug/", handing.put_back, name="put_back"),
    path("stappen/<uuid:public_id>/ongedaan/", deciding.undo, name="undo"),
    path("bewering/", statement_views.statement, name="statement"),
    path("bewering/<uuid:public_id>/oordeel/", statement_views.judge_passage, name="judge"),
    path("bewering/oordelen/<uuid:public_id>/ongedaan/", statement_views.undo_judging, name="undo_judging"),
    path("gebeurtenissen/", events_views.happened, name="events"),
    path("gebeurtenissen/<uuid:public_id>/", events_views.change_event, name="event"),
    path("gebeurtenissen/<uuid:public_id>/weg/", events_views.remove_event, name="remove_event"),
    path("gebeurtenissen/<uuid:public_id>/ongedaan/", events_views.undo_event, name="undo_event"),
    path("gepubliceerd/<uuid:public_id>/intrekken/", publishing_views.withdraw, name="withdraw"),
    path("gepubliceerd/<uuid:public_id>/ongedaan/", publishing_views.undo_publishing, name="undo_publishing"),
    path("<uuid:public_id>/gemeten/", measuring_views.measured, name="measured"),
    path("<uuid:public_id>/publiceren/", publishing_views.publish, name="publish"),
    path("<uuid:public_id>/", looking.change, name="change"),
    path("<uuid:public_id>/woorden/", deciding.word, name="word"),
    path("<uuid:public_id>/stap/", deciding.step, name="step"),
    path("<uuid:public_id>/weg/", deciding.remove, name="remove"),
    path("<uuid:public_id>/terug/", deciding.restore, name="restore"),
    path("<uuid:public_id>/behoeften/", deciding.add_need, name="add_need"),
    path("<uuid:public_id>/stemmen/", naming_voices.voices, name="voices"),
    path("<uuid:public_id>/stemmen/<uuid:voice>/", naming_voices.say, name="say_voice"),
    path("<uuid:public_id>/stemmen/<uuid:voice>/<str:asks>/", naming_voices.unsay, name="unsay_voice"),
    path("<uuid:public_id>/vragen/", telling.ask, name="ask"),
    path("<uuid:public_id>/vertellen/", telling.tell, name="tell"),
    path("<uuid:public_id>/vertellen/<uuid:run>/", telling.telling, name="telling"),
    path("<uuid:public_id>/vertellen/<uuid:run>/begin/", telling.begin, name="begin"),
    path("<uuid:public_id>/vertellen/<uuid:run>/weg/", telling.drop, name="drop"),
    path("<uuid:public_id>/vertellen/<uuid:run>/antwoord/", telling.answer, name="answer"),
    path("<uuid:public_id>/behoeften/<uuid:need>/eraf/", deciding.remove_need, name="remove_need"),
]
