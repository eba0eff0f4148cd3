"""What every page has: the content policy, a language, and an answer when something is wrong."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils import translation
from tests.web.conftest import MakeUser

from gehoor.kernel.errors import Damaged, GehoorError, NotAllowed, NotFound, Refused
from gehoor.rooms.accounts.access import open_to_all
from gehoor.rooms.accounts.roles import Role
from gehoor.web import urls
from gehoor.web.menu import PLACES

ERRORS: dict[str, GehoorError] = {
    "allowed": NotAllowed(),
    "found": NotFound(what="voice"),
    "refused": Refused(why="nobody would be left who can manage users"),
    "read": Damaged(what="e-mail", why="it stops half way"),
    "other": GehoorError(),
}


@open_to_all
def _raise(request: HttpRequest, name: str) -> HttpResponse:
    raise ERRORS[name]


@open_to_all
def _break(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


class _Urls:
    urlpatterns = [*urls.urlpatterns, path("fout/<str:name>/", _raise), path("stuk/", _break)]
    handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


with_errors = override_settings(ROOT_URLCONF=_Urls)

POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/account/aanmelden/", "/nergens/", "/gezond/", "/robots.txt", "/account/"])
def test_every_answer_carries_the_content_policy(client: Client, address: str) -> None:
    policy = client.get(address)["Content-Security-Policy"]
    assert all(part in policy for part in POLICY)
    assert "unsafe" not in policy


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/account/aanmelden/", "/nergens/"])
def test_no_page_holds_a_script_or_style_that_the_policy_blocks(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert " style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert "onclick=" not in page
    assert "https://" not in page


@with_errors
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("allowed", 403, "Met deze rol kan dit niet."),
        ("found", 404, "Hier is geen"),
        ("refused", 409, "Dit kan niet: dan is er niemand meer"),
        ("read", 422, "Dit is beschadigd ("),
        ("other", 500, "Er ging iets mis."),
    ],
)
def test_our_own_errors_say_what_is_the_matter_and_what_to_do(
    client: Client, name: str, status: int, says: str
) -> None:
    response = client.get(f"/fout/{name}/")
    assert response.status_code == status
    assert says in response.content.decode()
    assert "<h1>" in response.content.decode()


@with_errors
@pytest.mark.django_db
def test_htmx_gets_a_notice_instead_of_a_page(client: Client) -> None:
    response = client.get("/fout/refused/", headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert response.content.decode().startswith('<div class="notice error"')
    whole = client.get("/fout/refused/", headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert "<h1>" in whole.content.decode()


@with_errors
@pytest.mark.django_db
def test_what_breaks_is_told_plainly_and_without_details(caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    response = client.get("/stuk/?vraag=geheim")
    assert response.status_code == 500
    page = response.content.decode()
    assert "Aan deze kant ging iets stuk." in page
    assert "ZeroDivision" not in page
    assert "geheim" not in page


@pytest.mark.django_db
def test_a_form_without_its_token_says_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/taal/", {"language": "en"})
    assert response.status_code == 403
    assert "te lang open" in response.content.decode()
    part = client.post("/taal/", {"language": "en"}, headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith('<div class="notice error"')


@pytest.mark.django_db
def test_a_page_that_does_not_exist(client: Client) -> None:
    response = client.get("/nergens/")
    assert response.status_code == 404
    assert "Deze pagina bestaat niet." in response.content.decode()


@pytest.mark.django_db
def test_health_and_robots_are_open(client: Client) -> None:
    assert client.get("/gezond/").content == b"ok"
    assert b"Disallow: /" in client.get("/robots.txt").content


@pytest.mark.django_db
def test_a_visitor_s_language_is_remembered(client: Client) -> None:
    assert "Aanmelden" in client.get("/account/aanmelden/").content.decode()
    response = client.post("/taal/", {"language": "en", "next": "/account/aanmelden/"})
    assert response["Location"] == "/account/aanmelden/"
    page = client.get("/account/aanmelden/")
    assert "Sign in" in page.content.decode()
    assert page["Content-Language"] == "en"


def test_a_user_s_language_goes_along_to_another_browser(make_user: MakeUser, client: Client) -> None:
    user = make_user(Role.ADVISER)
    client.force_login(user)
    client.post("/taal/", {"language": "en"})
    other = Client()
    other.force_login(user)
    assert "Own account" in other.get("/account/").content.decode()
    other.post("/account/taal/", {"language": "nl"})
    assert "Eigen account" in client.get("/account/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("given", [{"language": "de"}, {"language": "en", "next": "https://elders.example/"}, {}])
def test_a_strange_language_or_address_leads_to_the_start(client: Client, given: dict[str, str]) -> None:
    assert client.post("/taal/", given)["Location"] == "/"


MENUS = {
    Role.ADVISER: [
        "Vandaag",
        "Balie",
        "Stemmen",
        "Behoeften",
        "Antwoorden",
        "Veranderingen",
        "Luisteren",
        "Noteren",
        "Klanten",
    ],
    Role.MARKETER: [
        "Vandaag",
        "Balie",
        "Stemmen",
        "Behoeften",
        "Antwoorden",
        "Veranderingen",
        "Luisteren",
        "Noteren",
        "Klanten",
        "Beheer",
    ],
    Role.MANAGER: ["Vandaag", "Balie", "Stemmen", "Behoeften", "Antwoorden", "Veranderingen", "Luisteren", "Noteren"],
    Role.ANSWER_EDITOR: [
        "Vandaag",
        "Stemmen",
        "Behoeften",
        "Antwoorden",
        "Veranderingen",
        "Luisteren",
        "Noteren",
        "Klanten",
    ],
    Role.COMPLAINTS_OFFICER: [
        "Vandaag",
        "Balie",
        "Stemmen",
        "Behoeften",
        "Antwoorden",
        "Veranderingen",
        "Luisteren",
        "Noteren",
        "Klanten",
        "Beheer",
    ],
    Role.PRIVACY_OFFICER: ["Vandaag", "Stemmen", "Klanten", "Privacy"],
    Role.ADMINISTRATOR: ["Vandaag", "Beheer", "Gebruikers", "Privacy"],
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_s_menu_holds_what_it_may_open(make_user: MakeUser, rf: RequestFactory, role: Role) -> None:
    from gehoor.web.menu import menu

    request = rf.get("/")
    request.user = make_user(role)
    with translation.override("nl"):
        assert [entry.name for entry in menu(request)["menu"]()] == MENUS[role]
        answers_the_phone = role in {Role.ADVISER, Role.MARKETER, Role.COMPLAINTS_OFFICER}
        assert [entry.name for entry in menu(request)["signs"]()] == ["Wie belt er?"] * answers_the_phone


@pytest.mark.parametrize("place", PLACES, ids=[place.route for place in PLACES])
def test_every_place_of_the_menu_can_be_opened_by_who_sees_it(
    as_role: Callable[..., Client], place: object, make_user: MakeUser
) -> None:
    from django.urls import reverse

    from gehoor.rooms.accounts.roles import ALLOWED

    assert isinstance(place, type(PLACES[0]))
    for role in Role:
        if not place.rights or set(place.rights) & ALLOWED[role]:
            client = Client()
            client.force_login(make_user(role))
            assert client.get(reverse(place.route)).status_code == 200


def test_the_current_place_is_marked(as_role: Callable[..., Client]) -> None:
    client = as_role(Role.ADMINISTRATOR)
    assert 'href="/account/gebruikers/" aria-current="page"' in client.get("/account/gebruikers/").content.decode()
    assert (
        'href="/account/gebruikers/" aria-current="true"' in client.get("/account/gebruikers/nieuw/").content.decode()
    )
