"""The addresses of this room."""

from django.urls import path

from gehoor.rooms.sending.views import calls, jobs, people, runs, senders

app_name = "sending"
urlpatterns = [
    path("", runs.index, name="runs"),
    path("afzenders/", senders.index, name="senders"),
    path("afzenders/nieuw/<slug:kind>/", senders.add, name="add_sender"),
    path("afzenders/<uuid:public_id>/", senders.sender, name="sender"),
    path("afzenders/<uuid:public_id>/wijzigen/", senders.change, name="change_sender"),
    path("afzenders/<uuid:public_id>/verwijderen/", senders.remove, name="remove_sender"),
    path("afzenders/<uuid:public_id>/nakijken/", senders.check, name="check_sender"),
    path("afzenders/<uuid:public_id>/proef/", senders.try_out, name="try_sender"),
    path("drukwerk/<uuid:public_id>/brieven.pdf", jobs.download, name="job_document"),
    path("drukwerk/<uuid:public_id>/gepost/", jobs.posted, name="posted"),
    path("drukwerk/<uuid:public_id>/terugnemen/", jobs.take_back, name="take_back_job"),
    path("belpoging/<uuid:public_id>/ongedaan/", calls.undo, name="undo_call"),
    path("<uuid:public_id>/", runs.run, name="run"),
    path("<uuid:public_id>/tekst/", runs.wording, name="wording"),
    path("<uuid:public_id>/tekst/brief-<slug:language>.pdf", runs.letter, name="letter"),
    path("<uuid:public_id>/starten/", runs.start, name="start"),
    path("<uuid:public_id>/stoppen/", runs.stop, name="stop"),
    path("<uuid:public_id>/doorgaan/", runs.go_on, name="go_on"),
    path("<uuid:public_id>/mensen/<slug:which>/", runs.people, name="people"),
    path("<uuid:run_id>/mens/<uuid:public_id>/aangekomen/", people.arrived, name="arrived"),
    path("<uuid:run_id>/mens/<uuid:public_id>/opnieuw/", people.again, name="again"),
    path("<uuid:run_id>/mens/<uuid:public_id>/anders/", people.otherwise, name="otherwise"),
    path("<uuid:public_id>/drukken/", jobs.make, name="print"),
    path("<uuid:public_id>/bellen/", calls.index, name="calls"),
    path("<uuid:public_id>/bellen/lijst.pdf", calls.sheet, name="call_sheet"),
    path("<uuid:public_id>/bellen/<uuid:delivery>/", calls.call, name="call"),
    path("<uuid:public_id>/bellen/<uuid:delivery>/beginnen/", calls.claim, name="claim"),
    path("<uuid:public_id>/bellen/<uuid:delivery>/noteren/", calls.note, name="note_call"),
]
