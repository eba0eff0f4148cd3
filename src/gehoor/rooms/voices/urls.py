"""The addresses of this room."""

from django.urls import path

from gehoor.rooms.voices.views import beside, correcting, originals, searching, single

app_name = "voices"
urlpatterns = [
    path("", searching.search, name="search"),
    path("<uuid:public_id>/", single.voice, name="voice"),
    path("<uuid:public_id>/soort/", single.correct_kind, name="correct_kind"),
    path("<uuid:public_id>/soort/terug/", single.take_back_kind, name="take_back_kind"),
    path("<uuid:public_id>/blad/<int:page>.png", beside.scan, name="scan"),
    path("<uuid:public_id>/geluid/", beside.sound, name="sound"),
    path("<uuid:public_id>/tekst/", correcting.correct_text, name="correct_text"),
    path("<uuid:public_id>/tekst/<int:version>/terug/", correcting.restore_text, name="restore_text"),
    path("<uuid:public_id>/origineel/", originals.original, name="original"),
    path("<uuid:public_id>/opmaak/", originals.markup, name="markup"),
    path("<uuid:public_id>/versie/<int:pk>/", originals.later_version, name="later_version"),
    path("<uuid:public_id>/bijlage/<int:pk>/", originals.attachment, name="attachment"),
]
