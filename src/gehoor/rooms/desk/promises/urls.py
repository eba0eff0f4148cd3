"""The addresses of this part."""

from django.urls import URLPattern, path

from gehoor.rooms.desk.promises import views

urlpatterns: list[URLPattern] = [
    path("", views.promises, name="promises"),
    path("cijfers/", views.promise_figures, name="promise_figures"),
    path("nieuw/", views.make, name="make_promise"),
    path("<uuid:public_id>/", views.promise, name="promise"),
    path("<uuid:public_id>/klopt/", views.confirm, name="confirm_promise"),
    path("<uuid:public_id>/verbeteren/", views.correct, name="correct_promise"),
    path("<uuid:public_id>/geen/", views.none, name="no_promise"),
    path("<uuid:public_id>/gehouden/", views.keep, name="keep_promise"),
    path("<uuid:public_id>/niet-gehouden/", views.break_, name="break_promise"),
    path("<uuid:public_id>/anders/", views.anew, name="renegotiate_promise"),
    path("<uuid:public_id>/ongedaan/", views.undo, name="undo_promise"),
]
