"""What holds for a route that changes something: who may from a browser, and what is read of a body."""

import json

import pytest
from django.test import Client

from .conftest import bearer, token_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.changing")]

NOTE = "/api/v1/note"
GOOD = {"text": "Bel terug", "number": 3}


def _send(client, body, content_type="application/json", **headers):
    data = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(NOTE, data, content_type=content_type, **headers)


@pytest.fixture
def browser(adviser):
    """A browser in which an adviser is signed in, and that is held to the token against forgery."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(adviser)
    return client


def _forgery_token(browser):
    page = browser.get("/account/").content.decode()
    return page.split('<meta name="csrf-token" content="')[1].split('"')[0]


def test_a_browser_changes_something_only_for_a_page_of_ours(browser):
    answer = _send(browser, GOOD)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_from_our_page")
    assert _send(browser, GOOD, HTTP_X_CSRFTOKEN="x" * 64).status_code == 403
    answer = _send(browser, GOOD, HTTP_X_CSRFTOKEN=_forgery_token(browser))
    assert (answer.status_code, answer.json()) == (200, GOOD)


def test_a_page_of_another_site_changes_nothing_in_our_browser(browser):
    token = _forgery_token(browser)
    answer = _send(browser, GOOD, HTTP_X_CSRFTOKEN=token, HTTP_ORIGIN="https://elders.example")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_from_our_page")
    assert _send(browser, "text=x&number=1", "application/x-www-form-urlencoded").status_code == 403
    assert _send(browser, GOOD, "text/plain").status_code == 403


def test_a_program_needs_no_token_against_forgery(adviser):
    client = Client(enforce_csrf_checks=True)
    assert _send(client, GOOD, **bearer(token_of(adviser)[1])).json() == GOOD


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "nul",
        "[]",
        "3",
        '"x"',
        "null",
        "{}",
        {"text": "x"},
        {"text": 3, "number": 3},
        {"text": "x", "number": "veel"},
        {"text": "x", "number": -1},
        {"text": "x" * 21, "number": 3},
        {"text": None, "number": None},
        '{"text": "x", "number": 1e400}',
        '{"text": "x", "number": NaN}',
        "[" * 100_000,
        '{"text":' * 20_000,
        b"\xff\xfe\x00",
        b'{"text": "\xed\xa0\x80", "number": 1}',
    ],
    ids=str,
)
def test_a_body_that_is_not_as_it_should_be_is_refused_without_repeating_it(adviser, body):
    answer = _send(Client(raise_request_exception=False), body, **bearer(token_of(adviser)[1]))
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "not_understood"
    assert len(answer.content) < 1_000


def test_each_wrong_field_is_named_with_the_reason(adviser):
    answer = _send(Client(), {"text": "x" * 21}, HTTP_ACCEPT_LANGUAGE="en", **bearer(token_of(adviser)[1]))
    assert answer.json()["errors"] == [
        {"where": "body.text", "reason": "this is too long"},
        {"where": "body.number", "reason": "this is missing"},
    ]


def test_a_body_that_is_too_large_is_refused_unread(adviser):
    text = token_of(adviser)[1]
    answer = _send(Client(), {"text": "x" * 2**20, "number": 1}, **bearer(text))
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert _send(Client(), GOOD, **bearer(text), CONTENT_LENGTH="99999999999").status_code == 413
