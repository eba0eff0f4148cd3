"""The addresses of this part."""

from django.urls import URLPattern, path

from gehoor.rooms.desk.promises.views import acting, looking

urlpatterns: list[URLPattern] = [
    path("", looking.promises, name="promises"),
    path("cijfers/", looking.promise_figures, name="promise_figures"),
    path("nieuw/", acting.make, name="make_promise"),
    path("<uuid:public_id>/", looking.promise, name="promise"),
    path("<uuid:public_id>/klopt/", acting.confirm, name="confirm_promise"),
    path("<uuid:public_id>/verbeteren/", acting.correct, name="correct_promise"),
    path("<uuid:public_id>/geen/", acting.none, name="no_promise"),
    path("<uuid:public_id>/gehouden/", acting.keep, name="keep_promise"),
    path("<uuid:public_id>/niet-gehouden/", acting.break_, name="break_promise"),
    path("<uuid:public_id>/anders/", acting.anew, name="renegotiate_promise"),
    path("<uuid:public_id>/ongedaan/", acting.undo, name="undo_promise"),
]
