"""The addresses of this part."""

from django.urls import URLPattern, path

from gehoor.rooms.answers.book.views import asking, files, looking, reviewing, stating, writing

urlpatterns: list[URLPattern] = [
    path("", looking.book, name="book"),
    path("nieuw/", writing.add, name="add"),
    path("nakijken/", reviewing.review, name="review"),
    path("openbaar/", reviewing.open_book, name="open_book"),
    path("inlezen/", files.upload, name="upload"),
    path("inlezen/<uuid:public_id>/", files.take_in, name="take_in"),
    path("bewaren/<str:kind>/", files.export, name="export"),
    path("stem/<uuid:public_id>/", asking.from_voice, name="from_voice"),
    path("behoefte/<uuid:need>/", asking.link, name="link"),
    path("formuleringen/<uuid:public_id>/weg/", asking.remove_phrasing, name="remove_phrasing"),
    path("formuleringen/<uuid:public_id>/terug/", asking.restore_phrasing, name="restore_phrasing"),
    path("versies/<uuid:public_id>/", looking.version, name="version"),
    path("versies/<uuid:public_id>/terug/", writing.restore, name="restore"),
    path("voorstellen/<uuid:public_id>/overnemen/", writing.take_over, name="take_over"),
    path("voorstellen/<uuid:public_id>/afwijzen/", writing.decline, name="decline"),
    path("voorstellen/<uuid:public_id>/heropenen/", writing.reopen, name="reopen"),
    path("<uuid:public_id>/", looking.answer, name="answer"),
    path("<uuid:public_id>/bewerken/", writing.edit, name="edit"),
    path("<uuid:public_id>/stand/", writing.state, name="state"),
    path("<uuid:public_id>/nagekeken/", writing.reviewed, name="reviewed"),
    path("<uuid:public_id>/feiten/", stating.confirm, name="facts"),
    path("<uuid:public_id>/feiten/nieuw/", stating.add, name="add_fact"),
    path("<uuid:public_id>/feiten/<int:number>/", stating.correct, name="fact"),
    path("<uuid:public_id>/formuleringen/", asking.add_phrasing, name="add_phrasing"),
    path("<uuid:public_id>/behoeften/<uuid:need>/eraf/", asking.unlink, name="unlink"),
]
