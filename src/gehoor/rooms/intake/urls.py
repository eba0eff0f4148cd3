"""The addresses of this room. Names of files never stand in them."""

from django.urls import path

from gehoor.rooms.intake.views import own, resplitting, sending, sources, taking_back, thresholds, unread

app_name = "intake"
urlpatterns = [
    path("", sending.intake, name="intake"),
    path("<uuid:public_id>/", sending.arrival, name="arrival"),
    path("<uuid:public_id>/terugnemen/", taking_back.take_back, name="take_back"),
    path("wachtend/", unread.unread, name="unread"),
    path("wachtend/<int:pk>/opnieuw/", unread.try_again, name="try_again"),
    path("wachtend/<int:pk>/kolommen/", unread.mapping, name="mapping"),
    path("wachtend/<int:pk>/verwijderen/", unread.remove, name="remove"),
    path("wij/", own.own, name="own"),
    path("wij/<int:pk>/verwijderen/", own.remove, name="remove_own"),
    path("bronnen/", sources.index, name="sources"),
    path("bronnen/nieuw/<slug:kind>/", sources.add, name="add_source"),
    path("bronnen/niet-gehoord/", sources.tell_not_heard, name="not_heard"),
    path("bronnen/niet-gehoord/<uuid:public_id>/verwijderen/", sources.remove_not_heard, name="remove_not_heard"),
    path("bronnen/<uuid:public_id>/", sources.source, name="source"),
    path("bronnen/<uuid:public_id>/wijzigen/", sources.change, name="change_source"),
    path("bronnen/<uuid:public_id>/pauze/", sources.pause, name="pause_source"),
    path("bronnen/<uuid:public_id>/verwijderen/", sources.remove, name="remove_source"),
    path("brief/<uuid:public_id>/", resplitting.letter, name="letter"),
    path("brief/<uuid:public_id>/splitsen/", resplitting.split, name="split_letter"),
    path("brief/<uuid:public_id>/samenvoegen/<uuid:other>/", resplitting.join, name="join_letters"),
    path("drempels/", thresholds.thresholds, name="thresholds"),
    path("drempels/<int:pk>/", thresholds.restore, name="restore_thresholds"),
]
