"""The addresses of this part."""

from django.urls import URLPattern, path

from gehoor.rooms.answers.visits import views

urlpatterns: list[URLPattern] = [
    path("", views.visits, name="visits"),
    path("plannen/", views.plan, name="plan_visit"),
    path("<uuid:public_id>/", views.visit, name="visit"),
    path("<uuid:public_id>/anders/", views.change, name="change_visit"),
    path("<uuid:public_id>/verslag-heropenen/", views.reopen, name="reopen_visit"),
    path("<uuid:public_id>/afgelasten/", views.call_off, name="call_off"),
    path("<uuid:public_id>/toch/", views.call_on, name="call_on"),
]
