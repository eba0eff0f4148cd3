"""The addresses of this part."""

from django.urls import URLPattern, path

from gehoor.rooms.desk.complaints.views import acting, erased, figures, lists, registering

urlpatterns: list[URLPattern] = [
    path("", lists.complaints, name="complaints"),
    path("cijfers/", figures.complaint_figures, name="complaint_figures"),
    path("nieuw/", registering.add, name="add_complaint"),
    path("voorgesteld/", lists.proposals, name="proposed_complaints"),
    path("voorgesteld/alle/", registering.register_all, name="register_complaints"),
    path("voorgesteld/<uuid:voice>/", registering.register, name="register_complaint"),
    path("voorgesteld/<uuid:voice>/geen/", registering.pass_, name="pass_complaint"),
    path("voorgesteld/<uuid:voice>/toch/", registering.unpass, name="unpass_complaint"),
    path("bewaard/", erased.kept, name="kept_complaints"),
    path("bestand.<str:kind>", lists.export, name="export_complaints"),
    path("<uuid:public_id>/", acting.complaint, name="complaint"),
    path("<uuid:public_id>/bevestigd/", acting.acknowledge, name="acknowledge_complaint"),
    path("<uuid:public_id>/antwoord/", acting.answer, name="answer_complaint"),
    path("<uuid:public_id>/les/", acting.learn, name="learn_complaint"),
    path("<uuid:public_id>/verbeteren/", acting.correct, name="correct_complaint"),
    path("<uuid:public_id>/weg/", acting.remove, name="remove_complaint"),
    path("<uuid:public_id>/ongedaan/", acting.undo, name="undo_complaint"),
    path("<uuid:public_id>/uitvegen/", erased.blot, name="blot_complaint"),
]
