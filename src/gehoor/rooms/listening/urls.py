"""The addresses of this room."""

from django.urls import include, path

from gehoor.rooms.listening.views import appointments, beats, keeping, looking_back, planning, reading, rhythm

app_name = "listening"

urlpatterns = [
    path("", planning.listening, name="listening"),
    path("nieuw/", planning.start, name="start"),
    path("bestuursbrief/", include("gehoor.rooms.listening.board.urls")),
    path("plannen/", appointments.plan, name="plan"),
    path("afspraak/<uuid:public_id>/", appointments.appointment, name="appointment"),
    path("afspraak/<uuid:public_id>/wijzigen/", appointments.rearrange, name="rearrange"),
    path("afspraak/<uuid:public_id>/afzeggen/", appointments.cancel, name="cancel"),
    path("afspraak/<uuid:public_id>/terug/", appointments.undo_arrangement, name="undo_arrangement"),
    path("afspraak/<uuid:public_id>/komen/", appointments.say_coming, name="say_coming"),
    path("afspraak/<uuid:public_id>/beginnen/", appointments.begin, name="begin"),
    path("afspraak/<uuid:public_id>/luisteren.ics", appointments.calendar, name="calendar"),
    path("logboek/", looking_back.log, name="log"),
    path("logboek/<str:day>/korter/", looking_back.take_off, name="take_off"),
    path("logboek/<str:day>/terug/", looking_back.put_back_day, name="put_back_day"),
    path("eerder/", looking_back.earlier_sessions, name="earlier"),
    path("gehoord/", looking_back.what_we_heard, name="what_we_heard"),
    path("ritme/", rhythm.rhythm, name="rhythm"),
    path("herinnering/later/", rhythm.snooze, name="snooze"),
    path("herinnering/toch/", rhythm.wake, name="wake"),
    path("stem/<uuid:public_id>/tik/", beats.beat, name="beat"),
    path("trof/<uuid:struck_id>/delen/", keeping.share_mark, name="share_mark"),
    path("notitie/<uuid:note_id>/delen/", keeping.share_note, name="share_note"),
    path("doorgegeven/<uuid:handed_id>/terug/", keeping.withdraw, name="withdraw"),
    path("doorgegeven/<uuid:handed_id>/toch/", keeping.hand_on_again, name="hand_on_again"),
    path("doorgegeven/<uuid:handed_id>/gezien/", keeping.see_thanks, name="see_thanks"),
    path("<uuid:public_id>/", reading.session, name="session"),
    path("<uuid:public_id>/dank/", reading.thanks, name="thanks"),
    path("<uuid:public_id>/notitie/", keeping.note_session, name="note_session"),
    path("<uuid:public_id>/niet-ik/", looking_back.disown, name="disown"),
    path("<uuid:public_id>/toch-ik/", looking_back.own_again, name="own_again"),
    path("<uuid:public_id>/<int:number>/", reading.reading, name="reading"),
    path("<uuid:public_id>/<int:number>/verder/", reading.move_on, name="move_on"),
    path("<uuid:public_id>/<int:number>/trof/", keeping.mark, name="mark"),
    path("<uuid:public_id>/<int:number>/trof/<uuid:struck_id>/weg/", keeping.unmark, name="unmark"),
    path("<uuid:public_id>/<int:number>/notitie/", keeping.note_voice, name="note_voice"),
    path("<uuid:public_id>/<int:number>/doorgeven/", keeping.hand_on, name="hand_on"),
]
