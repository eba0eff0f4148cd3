"""The addresses of this room."""

from django.urls import path

from gehoor.rooms.accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.own, name="own"),
    path("taal/", views.own_language, name="own_language"),
    path("wachtwoord/", views.own_password, name="own_password"),
    path("sleutels/", views.tokens, name="tokens"),
    path("sleutels/iedereen/", views.all_tokens, name="all_tokens"),
    path("sleutels/<uuid:public_id>/einde/", views.end_token, name="end_token"),
    path("aanmelden/", views.sign_in, name="sign_in"),
    path("meekijken/", views.look_along, name="look_along"),
    path("afmelden/", views.sign_out, name="sign_out"),
    path("welkom/<str:token>/", views.welcome, name="welcome"),
    path("uitnodiging/<uuid:public_id>/<str:token>/", views.invitation, name="invitation"),
    path("gebruikers/", views.users, name="users"),
    path("gebruikers/nieuw/", views.add_user, name="add_user"),
    path("gebruikers/<uuid:public_id>/", views.change_user, name="change_user"),
    path("gebruikers/<uuid:public_id>/uitnodigen/", views.invite, name="invite"),
]
