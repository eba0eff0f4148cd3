"""The addresses of this part."""

from django.urls import URLPattern, path

from gehoor.rooms.desk.cases.views import acting, looking, present

urlpatterns: list[URLPattern] = [
    path("", looking.desk, name="desk"),
    path("sinds/<int:number>/", looking.since, name="since"),
    path("begin/<uuid:voice>/", acting.begin, name="begin"),
    path("ongedaan/<uuid:public_id>/", acting.undo, name="undo"),
    path("<uuid:public_id>/", looking.case, name="case"),
    path("<uuid:public_id>/hier/", present.here, name="here"),
    path("<uuid:public_id>/nemen/", acting.take, name="take"),
    path("<uuid:public_id>/staat/", acting.state, name="state"),
    path("<uuid:public_id>/urgentie/", acting.priority, name="priority"),
    path("<uuid:public_id>/later/", acting.snooze, name="snooze"),
    path("<uuid:public_id>/notitie/", acting.note, name="note"),
    path("<uuid:public_id>/woorden/", acting.word, name="word"),
    path("<uuid:public_id>/samen/", acting.look_for, name="look_for"),
    path("<uuid:public_id>/samen/<uuid:other>/", looking.merging, name="merging"),
    path("<uuid:public_id>/samen/<uuid:other>/doen/", acting.merge, name="merge"),
    path("<uuid:public_id>/apart/<uuid:other>/", acting.apart, name="apart"),
    path("<uuid:public_id>/los/<uuid:voice>/", acting.part, name="part"),
]
