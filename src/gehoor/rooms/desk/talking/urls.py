"""The addresses that customers open, and the two screens behind them; they stand at the root, see ``web/urls.py``."""

from django.urls import URLPattern, path

from gehoor.rooms.desk.talking import chat_views, contact_views, own_data_views, setting_views, survey_views

app_name = "talking"

urlpatterns: list[URLPattern] = [
    path("contact/", contact_views.contact, name="contact"),
    path("contact/ontvangen/<str:receipt>/", contact_views.sent, name="contact_sent"),
    path("chat/", chat_views.chat, name="chat"),
    path("chat/zeg/", chat_views.say, name="chat_say"),
    path("chat/nieuws/", chat_views.news, name="chat_news"),
    path("vraag/<str:token>/", survey_views.question, name="question"),
    path("vraag/<str:token>/niet-meer/", survey_views.never_again, name="never_again"),
    path("mijn-gegevens/", own_data_views.ask, name="own_data"),
    path("mijn-gegevens/gevraagd/", own_data_views.asked, name="own_data_asked"),
    path("mijn-gegevens/<str:token>/", own_data_views.open_link, name="own_data_open"),
    path("mijn-gegevens/<str:token>/bestand/", own_data_views.save, name="own_data_save"),
    path("mijn-gegevens/<str:token>/bereiken/", own_data_views.reach, name="own_data_reach"),
    path("mijn-gegevens/<str:token>/wens/", own_data_views.wish, name="own_data_wish"),
    path("beheer/voor-klanten/", setting_views.pages, name="pages"),
    path("beheer/voor-klanten/<uuid:public_id>/ongedaan/", setting_views.undo_pages, name="undo_pages"),
    path("privacy/wensen/", setting_views.wishes, name="wishes"),
    path("privacy/wensen/<uuid:public_id>/gedaan/", setting_views.wish_done, name="wish_done"),
    path("privacy/wensen/<uuid:public_id>/toch-niet/", setting_views.wish_undone, name="wish_undone"),
]
