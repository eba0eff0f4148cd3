"""What the routes tell, to whom, and in which shape."""

import json
import re
from functools import cache

import pytest
from click.testing import CliRunner
from django.test import Client
from tests.voices.conftest import say

from gehoor.kernel.errors import GehoorError
from gehoor.kernel.ids import new_id
from gehoor.rooms.accounts.interface.door import Door
from gehoor.rooms.accounts.roles import ALLOWED, Role
from gehoor.rooms.accounts.scopes import scopes
from gehoor.rooms.people.models import Attribution
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.voices.models import Voice
from gehoor.web.api.views import document, interface

from .conftest import ask, bearer, colleague, token_of

ROUTES = [
    (operation.methods[0], re.sub(r"{\w+:", "{", path), operation)
    for bound in interface._get_bound_routers()
    for path, view in bound.path_operations.items()
    for operation in view.operations
]
IDS = [f"{method} {path}" for method, path, _ in ROUTES]


@pytest.mark.parametrize(("method", "path", "operation"), ROUTES, ids=IDS)
def test_every_route_has_a_door_and_knows_its_scopes(method, path, operation):
    assert [type(door) for door in operation.auth_callbacks] == [Door]
    assert set(operation.auth_callbacks[0].scopes) <= {scope.code for scope in scopes()}


def _address(path, voice):
    """With ids filled in: of a voice that is there, of other things that are not."""
    return re.sub(r"{\w+}", str(new_id()), path.replace("{voice}", str(voice.public_id))).lstrip("/")


def _asked(client, voice, method, path, **headers):
    return client.generic(method, f"/api/v1/{_address(path, voice)}", "", "application/json", **headers)


DONE = {200, 201, 204, 404, 409, 422}


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("way", ["token", "browser"])
def test_every_route_lets_in_whose_role_reaches_it_and_nobody_else(voice, way, role):
    user = colleague(*([role] if role else []))
    client, headers = Client(), {}
    if way == "browser":
        client.force_login(user)
    else:
        # made while the user had every role: what counts is what the user may now
        user.roles = list(Role)
        headers = bearer(token_of(user)[1])
        user.roles = [role.value] if role else []
        user.save()
    rights = {scope.code: scope.right for scope in scopes()}
    may = ALLOWED[role] if role else frozenset()
    wrong = []
    for method, path, operation in ROUTES:
        answer = _asked(client, voice, method, path, **headers)
        allowed = {rights[code] for code in operation.auth_callbacks[0].scopes} <= may
        let_in = answer.status_code in DONE
        turned_away = answer.status_code == 403 and answer.json()["code"] == "not_allowed"
        if not (let_in if allowed else turned_away):
            wrong.append((method, path, answer.status_code))
    assert wrong == []


@pytest.mark.django_db
def test_a_stranger_is_let_in_nowhere(voice):
    for method, path, _ in ROUTES:
        answer = _asked(Client(), voice, method, path)
        assert (path, answer.status_code) == (path, 401)
        assert answer["WWW-Authenticate"] == "Bearer"
        assert "Ik wacht" not in answer.content.decode()


@pytest.mark.django_db
def test_a_token_lets_in_with_all_the_scopes_of_a_route_and_not_with_one_less(voice):
    user = colleague(*Role)

    @cache
    def headers_for(*given):
        return bearer(token_of(user, *given)[1])

    for method, path, operation in ROUTES:
        needed = operation.auth_callbacks[0].scopes
        for left_out in needed:
            others = (scope.code for scope in scopes() if scope.code != left_out)
            answer = _asked(Client(), voice, method, path, **headers_for(*others))
            assert (path, answer.status_code, answer.json()["code"]) == (path, 403, "scope_missing")
        if needed:
            assert _asked(Client(), voice, method, path, **headers_for(*needed)).status_code in DONE, path


def test_no_two_routes_with_the_same_address_hide_each_other(adviser_token, voice):
    """Two methods of one address stand in one router; else only the first is ever reached."""
    for method, path, _ in ROUTES:
        answer = _asked(Client(), voice, method, path, **bearer(adviser_token))
        assert (path, answer.status_code) != (path, 405)


def test_a_voice_reads_as_the_command_line_prints_it(adviser_token, voice, monkeypatch):
    from gehoor.cli import opening
    from gehoor.cli.tell import needs, voices

    monkeypatch.setattr(opening, "open_home", lambda home=None: home)
    printed = json.loads(CliRunner().invoke(voices, ["--json"], catch_exceptions=False).stdout)
    told = ask("voices", adviser_token).json()
    assert told == {**printed, "next": None}
    assert told["voices"][0] == ask(f"voices/{voice.public_id}", adviser_token).json()
    assert told["voices"][0]["person"] is not None
    of_needs = json.loads(CliRunner().invoke(needs, ["--json"], catch_exceptions=False).stdout)
    assert ask("needs", adviser_token).json() == of_needs


def test_what_a_token_was_not_made_for_is_left_out_and_what_is_unknown_is_null(adviser, voice):
    def told(*made_for):
        return ask(f"voices/{voice.public_id}", token_of(adviser, *made_for)[1]).json()

    little = told("voices:read")
    assert {"person", "source", "original", "need"}.isdisjoint(little)
    assert all("need" not in each for each in little["asks"])
    assert little["text"] == voice.text
    assert {"person", "source", "original"} <= told("voices:read", "people:read").keys()
    with_needs = told("voices:read", "needs:read")
    assert with_needs["need"] is None
    assert "person" not in with_needs
    Attribution.objects.filter(voice=voice).update(person=None)
    assert told("voices:read", "people:read")["person"] is None


def test_a_manager_never_gets_to_know_who_said_it(voice):
    manager = colleague(Role.MANAGER)
    answer = ask(f"voices/{voice.public_id}", token_of(manager)[1])
    assert {"person", "source", "original"}.isdisjoint(answer.json())


def test_what_a_program_fetches_stands_in_the_audit_trail_and_a_screen_does_not(adviser, voice):
    token, text = token_of(adviser)
    ask("voices", text)
    ask(f"voices/{voice.public_id}", text)
    ask("needs", text)
    lines = AuditEntry.objects.filter(actor=adviser, action__startswith="fetch").order_by("id")
    assert [(line.action, line.what, line.public_id) for line in lines] == [
        ("fetch_voices", "token", token.public_id),
        ("fetch_voice", "voice", voice.public_id),
        ("fetch_needs", "token", token.public_id),
    ]
    client = Client()
    client.force_login(adviser)
    client.get("/api/v1/voices")
    assert lines.count() == 3


def test_the_trail_calls_the_token_by_its_name(client, adviser, voice):
    _, text = token_of(adviser, name="Kwartaalrapport")
    ask("voices", text)
    client.force_login(colleague(Role.PRIVACY_OFFICER, Role.ADMINISTRATOR))
    page = client.get("/privacy/spoor/").content.decode()
    assert "liet een programma stemmen ophalen" in page
    assert "Kwartaalrapport" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 4),
        ({"channel": "letter"}, 1),
        ({"channel": "nergens"}, 0),
        ({"since": "2025-03-03"}, 2),
        ({"until": "2025-03-01"}, 1),
        ({"since": "2025-03-02", "until": "2025-03-02"}, 1),
        ({"kind": "complaint"}, 1),
        ({"q": "jaaropgave"}, 1),
        ({"q": "jaaropgave", "channel": "email"}, 0),
        ({"language": "nl"}, 4),
        ({"limit": 3}, 3),
    ],
)
def test_voices_are_filtered_as_on_the_screen(adviser_token, voice, query, found):
    for day, text in [(1, "Hoe vraag ik een bouwdepot aan?"), (2, "Wat is de rente?"), (3, "Waar vind ik de app?")]:
        say(text, day=day)
    answer = ask("voices", adviser_token, query=query)
    assert answer.status_code == 200
    assert len(answer.json()["voices"]) == found
    assert answer.json()["total"] == (4 if "limit" in query else found)


def _walk(token, limit, between=lambda page: None, **query):
    ids, after = [], ""
    while True:
        told = ask("voices", token, query={"limit": limit, "after": after, **query}).json()
        ids += [each["id"] for each in told["voices"]]
        if told["next"] is None:
            return ids
        after = told["next"]
        between(len(ids))


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_in_parts_the_list_is_the_same_as_at_once(adviser_token, order):
    for number in range(11):
        say(f"Vraag {number}", day=None if number % 4 == 0 else number // 3)
    at_once = [each["id"] for each in ask("voices", adviser_token, query={"order": order}).json()["voices"]]
    assert len(at_once) == 11
    assert _walk(adviser_token, 3, order=order) == at_once
    assert _walk(adviser_token, 11, order=order) == at_once


def test_what_is_heard_or_erased_meanwhile_shifts_nothing(adviser_token):
    first = [say(f"Vraag {number}", day=number) for number in range(9)]

    def meanwhile(told):
        say(f"Nieuw bij {told}", day=100 + told)
        say(f"Ouder bij {told}", day=-told)
        Voice.objects.filter(pk=first[9 - told].pk).delete()  # where the part ended

    ids = _walk(adviser_token, 3, meanwhile)
    assert len(ids) == len(set(ids))
    assert [each for each in ids if each in {str(voice.public_id) for voice in first}] == [
        str(voice.public_id) for voice in reversed(first)
    ]


def test_a_page_costs_the_same_however_long(adviser_token, django_assert_max_num_queries):
    for number in range(60):
        say(f"Vraag {number}", day=number, read=number == 59)
    ask("me", adviser_token)
    with django_assert_max_num_queries(12):
        assert len(ask("voices", adviser_token, query={"limit": 200}).json()["voices"]) == 60


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": 201},
        {"limit": "veel"},
        {"limit": "1e9"},
        {"after": "x" * 501},
        {"since": "gisteren"},
        {"since": "20250301"},
        {"since": "1740787200"},
        {"since": "2025-02-30"},
        {"until": "2025-03-01T00:00"},
        {"kind": "loud"},
        {"order": "random"},
        {"language": "xx"},
        {"q": "x" * 501},
        {"channel": "x" * 41},
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused(adviser_token, query):
    answer = ask("voices", adviser_token, query=query)
    assert answer.status_code == 422
    assert answer.json()["code"] == "not_understood"
    name, value = next(iter(query.items()))
    assert [each["where"] for each in answer.json()["errors"]] == [f"query.{name}"]
    assert str(value) not in answer.content.decode() or len(str(value)) < 4


@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00"},
        {"q": "' OR 1=1 --"},
        {"q": '" NEAR( * AND NOT'},
        {"q": "-" * 500},
        {"q": "\ud83d\ude00 \u202e"},
        {"channel": "\x00"},
        {"since": "0001-01-01"},
        {"until": "9999-12-31"},
        {"since": "9999-12-31", "until": "0001-01-01"},
    ],
)
def test_hostile_words_find_nothing_special(adviser_token, voice, query):
    query = {name: value.encode("utf-16", "surrogatepass").decode("utf-16") for name, value in query.items()}
    assert ask("voices", adviser_token, query=query).status_code == 200


@pytest.mark.parametrize("after", ["x", "é" * 200, "W10:1x:y", ":", "\x00"])
def test_a_place_that_nobody_gave_is_not_found(adviser_token, after):
    answer = ask("voices", adviser_token, query={"after": after})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_a_place")


def test_a_place_in_one_order_is_none_in_the_other(adviser_token):
    for number in range(3):
        say(f"Vraag {number}", day=number)
    place = ask("voices", adviser_token, query={"limit": 1}).json()["next"]
    assert ask("voices", adviser_token, query={"after": place, "order": "oldest"}).json()["code"] == "not_a_place"


@pytest.mark.parametrize(
    "path", ["voices/0190a1b2-0000-7000-8000-000000000000", "voices/1", "voices/%00", "nergens", "me/", "voices/../x"]
)
def test_what_is_not_there_is_not_found_and_says_so_in_json(adviser_token, path):
    answer = ask(path, adviser_token)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] in {"not_found", "no_such_route"}


def test_an_address_says_which_methods_it_knows(adviser_token):
    answer = Client().post("/api/v1/voices", **bearer(adviser_token))
    assert (answer.status_code, answer["Allow"]) == (405, "GET")
    assert answer.json()["code"] == "not_this_method"


@pytest.mark.parametrize(
    ("accepted", "language", "said"),
    [
        ("", "nl", "Het is niet bekend wie dit vraagt."),
        ("en", "en", "It is not known who asks."),
        ("en-GB,en;q=0.9,nl;q=0.5", "en", "It is not known who asks."),
        ("fr, nl;q=0.2, en;q=0.1", "nl", "Het is niet bekend wie dit vraagt."),
        ("fr", "nl", "Het is niet bekend wie dit vraagt."),
        ("x" * 9_000, "nl", "Het is niet bekend wie dit vraagt."),
    ],
)
def test_errors_speak_the_language_that_is_asked_for(db, accepted, language, said):
    answer = ask("me", HTTP_ACCEPT_LANGUAGE=accepted)
    assert answer.json()["detail"] == said
    assert answer["Content-Language"] == language


def test_a_problem_has_one_shape(db):
    answer = ask("me")
    assert answer["Content-Type"] == "application/problem+json"
    assert set(answer.json()) == {"type", "title", "status", "code", "detail", "remedy"}
    assert answer.json()["status"] == 401
    assert answer.json()["type"] == "urn:gehoor:problem:stranger"


def test_every_answer_is_nobodys_to_keep_and_open_to_no_other_site(adviser_token):
    for answer in (ask("me", adviser_token, HTTP_ORIGIN="https://elders.example"), ask("me"), ask("nergens")):
        assert answer["Cache-Control"] == "private, no-store"
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]
        assert {"Authorization", "Cookie", "Accept-Language"} <= set(answer["Vary"].split(", "))


def test_our_own_mistake_tells_nothing_of_itself(adviser_token, monkeypatch, caplog):
    from gehoor.rooms.voices import api

    def breaks(_, __=None):
        raise ZeroDivisionError("wachtwoord")

    monkeypatch.setattr(api, "documents", breaks)
    answer = ask("voices", adviser_token)
    assert (answer.status_code, answer.json()["code"]) == (500, "broken")
    assert "wachtwoord" not in answer.content.decode()
    assert "ZeroDivisionError" in caplog.text


def test_every_error_of_ours_has_a_status():
    from gehoor.web.api.problems import STATUSES

    assert STATUSES[-1][0] is GehoorError
    kinds = [kind for kind, _, _ in STATUSES]
    for place, kind in enumerate(kinds):
        assert not any(issubclass(kind, earlier) for earlier in kinds[:place]), f"{kind} is never reached"


def test_the_document_is_there_for_everyone_and_names_every_route(client):
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    told = answer.json()
    assert told == json.loads(json.dumps(document()))
    assert set(told["paths"]) == {f"/api/v1{path}" for _, path, _ in ROUTES}
    assert {"/api/v1/me", "/api/v1/needs", "/api/v1/voices", "/api/v1/voices/{voice}"} <= set(told["paths"])
    route = told["paths"]["/api/v1/voices"]["get"]
    assert route["security"] == [{"token": ["voices:read"]}, {"browser": []}]
    assert {"200", "401", "403", "404", "413", "422", "429", "500"} == set(route["responses"])


@pytest.mark.parametrize(("language", "title"), [("nl", "Wat klanten zeiden"), ("en", "What customers said")])
def test_the_page_lists_every_route_in_both_languages_and_fetches_nothing(client, db, language, title):
    client.cookies["gehoor_language"] = language
    answer = client.get("/api/v1/")
    page = answer.content.decode()
    assert title in page
    assert all(path in page for path in document()["paths"])
    assert "https://" not in page
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_the_page_names_the_fields_of_a_body():
    from gehoor.web.api.views import _fields

    shape = {"properties": {"draft": {"type": "string", "description": "The draft."}}}
    told = list(_fields({"requestBody": {"content": {"application/json": {"schema": shape}}}}))
    assert [(each["name"], each["description"], each["in_path"]) for each in told] == [("draft", "The draft.", False)]


def test_the_scopes_stand_in_the_docs():
    from pathlib import Path

    told = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    assert [scope.code for scope in scopes() if f"`{scope.code}`" not in told] == []


def test_an_address_with_a_line_break_in_it_is_answered_as_any_other(adviser_token):
    answer = ask("answers/een%0Aregel", adviser_token)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
