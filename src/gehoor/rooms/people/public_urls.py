"""The addresses of this room that are open to customers; they stand among the public pages."""

from django.urls import URLPattern, path

from gehoor.rooms.people import public_views

app_name = "public_people"

urlpatterns: list[URLPattern] = [
    path("geen-mail/<str:token>/", public_views.no_mail, name="no_mail"),
    path("geen-mail/<str:token>/toch/", public_views.mail_again, name="mail_again"),
]
