"""The public pages: open to all, in both languages, without a cookie, listed while there is something to see."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from gehoor.channels.outgoing import Letterhead
from gehoor.rooms.accounts.models import User
from gehoor.rooms.public import pages
from gehoor.rooms.public.letterhead import do_set_letterhead
from gehoor.rooms.public.pages import PublicPage
from gehoor.rooms.public.showing import for_everyone, show

pytestmark = pytest.mark.django_db
ADDRESS = "/publiek/"


@pytest.fixture(autouse=True)
def only_these(monkeypatch):
    monkeypatch.setattr(pages, "_pages", {})


def page(name, *, published=True, order=50):
    pages.register(PublicPage(name, f"Titel {name}", "Waarover", lambda: f"/publiek/{name}/", lambda: published, order))


def test_a_page_is_listed_only_while_there_is_something_to_see(client):
    page("veranderingen")
    page("leeg", published=False)
    shown = client.get(ADDRESS).content.decode()
    assert 'href="/publiek/veranderingen/"' in shown and "Titel veranderingen" in shown
    assert "leeg" not in shown


def test_pages_stand_in_their_order(client):
    page("b", order=1)
    page("a", order=2)
    shown = client.get(ADDRESS).content.decode()
    assert shown.index("Titel b") < shown.index("Titel a")


def test_without_anything_to_see_the_page_says_what_will_stand_there(client):
    assert "Hier is nog niets te lezen" in client.get(ADDRESS).content.decode()


def test_the_language_follows_the_link_and_is_kept_in_the_links(client):
    page("veranderingen")
    dutch, english = client.get(ADDRESS), client.get(f"{ADDRESS}?taal=en")
    assert '<html lang="nl">' in dutch.content.decode() and "Voor onze klanten" in dutch.content.decode()
    assert '<html lang="en">' in english.content.decode() and "For our customers" in english.content.decode()
    assert 'href="/publiek/veranderingen/?taal=en"' in english.content.decode()
    assert 'href="/publiek/?taal=en"' in dutch.content.decode() and 'href="/publiek/"' in english.content.decode()
    assert (dutch.headers["Content-Language"], english.headers["Content-Language"]) == ("nl", "en")
    assert '<html lang="nl">' in client.get(f"{ADDRESS}?taal=<script>").content.decode()


def test_it_may_be_kept_by_browsers_sets_no_cookie_and_needs_no_token():
    response = Client().get(ADDRESS)
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies and "csrf" not in response.content.decode()


def test_it_is_the_same_for_a_colleague_as_for_a_stranger(client):
    do_set_letterhead(letterhead=Letterhead(name="De <b>Linde</b>"), actor=None)
    page("veranderingen")
    stranger = client.get(ADDRESS)
    user = User.objects.make(
        email="a@delinde.nl", name="Anneke Bos", roles=["administrator"], password="een lang wachtwoord"
    )
    client.force_login(user)
    signed_in = client.get(ADDRESS)
    assert stranger.content == signed_in.content
    assert "De &lt;b&gt;Linde&lt;/b&gt;" in stranger.content.decode()
    assert "Anneke" not in signed_in.content.decode() and "Gehoor" not in signed_in.content.decode()


def test_only_looking_is_possible():
    assert Client(enforce_csrf_checks=True).post(ADDRESS).status_code in {403, 405}


def test_a_failing_page_is_not_kept_and_an_indexed_one_may_be_found():
    @for_everyone(keep_seconds=60, indexed=True)
    def view(request, status):
        return show(request, "public/pages.html", status=status)

    request = RequestFactory().get("/publiek/x/?taal=en")
    with translation.override("nl"):
        found, missing = view(request, 200), view(request, 404)
    assert found.headers["Cache-Control"] == "public, max-age=60" and "X-Robots-Tag" not in found.headers
    assert missing.headers["Cache-Control"] == "no-store"
    assert view.door is None and "For our customers" in found.content.decode()


def test_the_index_is_where_it_is_said_to_be():
    assert reverse("public:pages") == ADDRESS
