"""Opening and closing the pages for customers, and the line of code for the chat."""

import pytest
from django.urls import reverse

from gehoor.kernel.environment import CHAT_SITES
from gehoor.kernel.errors import Refused, SettingError
from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.desk.models import OpenPages
from gehoor.rooms.desk.talking.opened import current_pages, do_open_pages, do_undo_pages, is_open
from gehoor.rooms.privacy.models import AuditEntry

from .conftest import colleague, read

pytestmark = pytest.mark.django_db
PAGE = "/beheer/voor-klanten/"


def test_all_but_the_survey_are_open_before_anyone_chose():
    assert [is_open(name) for name in ("form", "chat", "survey", "own_data")] == [True, True, False, True]


def test_whoever_sets_the_desk_opens_and_closes_and_can_undo_it(client):
    client.force_login(colleague("administrator"))
    client.post(PAGE, {"form": "yes", "survey": "yes"})
    assert [is_open(name) for name in ("form", "chat", "survey", "own_data")] == [True, False, True, False]
    client.post(reverse("talking:undo_pages", args=[current_pages().public_id]))
    assert [is_open(name) for name in ("form", "chat", "survey", "own_data")] == [True, True, False, True]
    assert OpenPages.objects.count() == 2
    assert AuditEntry.objects.filter(action="pages.open").count() == 2


def test_an_undoing_that_comes_too_late_changes_nothing():
    first = do_open_pages(is_open={"form": False}, actor=None)
    do_open_pages(is_open={"chat": False}, actor=None)
    with pytest.raises(Refused):
        do_undo_pages(version=first, actor=None)
    assert not is_open("form") and not is_open("chat")


@pytest.mark.parametrize("role", Role)
def test_only_who_sets_the_desk_may(client, role):
    client.raise_request_exception = False
    client.force_login(colleague(role))
    may = May.SET_DESK in ALLOWED[role]
    assert client.get(PAGE).status_code == (200 if may else 403)
    assert client.post(PAGE, {}).status_code == (302 if may else 403)
    assert OpenPages.objects.exists() == may


def test_it_shows_the_line_of_code_and_what_is_still_missing(client, settings):
    client.force_login(colleague("administrator"))
    page = read(client.get(PAGE))
    assert '<script src="https://gehoor.delinde.example/static/desk/chat.js" defer></script>' in page
    assert "GEHOOR_CHAT_SITES" in page and "geen verzender van mail" in page
    settings.CHAT_SITES = ("https://www.delinde.example",)
    assert "https://www.delinde.example" in read(client.get(PAGE))


def test_the_pages_are_listed_for_customers_while_they_are_open(stranger):
    shown = read(stranger.get("/publiek/"))
    assert all(f'href="{path}"' in shown for path in ("/contact/", "/chat/", "/mijn-gegevens/"))
    do_open_pages(is_open={"chat": False}, actor=None)
    assert 'href="/chat/"' not in read(stranger.get("/publiek/"))


@pytest.mark.parametrize(
    "raw", ["www.delinde.nl", "https://a.nl/pad", "https://a.nl; script-src *", "'unsafe-inline'", "*"]
)
def test_a_site_that_is_none_stops_everything(raw):
    with pytest.raises(SettingError):
        CHAT_SITES.value({"GEHOOR_CHAT_SITES": raw})


def test_sites_are_parted_by_commas():
    given = {"GEHOOR_CHAT_SITES": "https://www.delinde.nl/, http://localhost:8080"}
    assert CHAT_SITES.value(given) == ("https://www.delinde.nl", "http://localhost:8080")
    assert CHAT_SITES.value({}) == ()
