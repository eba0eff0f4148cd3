"""The addresses of this part."""

from django.urls import URLPattern, path

from gehoor.rooms.desk.complaints import views

urlpatterns: list[URLPattern] = [
    path("", views.complaints, name="complaints"),
    path("cijfers/", views.complaint_figures, name="complaint_figures"),
    path("nieuw/", views.add, name="add_complaint"),
    path("voorgesteld/", views.proposals, name="proposed_complaints"),
    path("voorgesteld/alle/", views.register_all, name="register_complaints"),
    path("voorgesteld/<uuid:voice>/", views.register, name="register_complaint"),
    path("voorgesteld/<uuid:voice>/geen/", views.pass_, name="pass_complaint"),
    path("voorgesteld/<uuid:voice>/toch/", views.unpass, name="unpass_complaint"),
    path("bewaard/", views.kept, name="kept_complaints"),
    path("bestand.<str:kind>", views.export, name="export_complaints"),
    path("<uuid:public_id>/", views.complaint, name="complaint"),
    path("<uuid:public_id>/bevestigd/", views.acknowledge, name="acknowledge_complaint"),
    path("<uuid:public_id>/antwoord/", views.answer, name="answer_complaint"),
    path("<uuid:public_id>/les/", views.learn, name="learn_complaint"),
    path("<uuid:public_id>/verbeteren/", views.correct, name="correct_complaint"),
    path("<uuid:public_id>/weg/", views.remove, name="remove_complaint"),
    path("<uuid:public_id>/ongedaan/", views.undo, name="undo_complaint"),
    path("<uuid:public_id>/uitvegen/", views.blot, name="blot_complaint"),
]
