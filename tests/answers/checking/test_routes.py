"""The routes of this room for programs."""

import json

import pytest
from django.test import Client
from tests.answers.checking.conftest import DEPOSIT, REPAY, REPAY_SAYS, colleague, hear, tell

from gehoor.rooms.accounts.tokens import do_make_token
from gehoor.rooms.answers.models import State, Version
from gehoor.rooms.privacy.models import AuditEntry

DRAFT = "U mag elk jaar 10 % boetevrij aflossen."
ALL = ("answers:read", "answers:check", "voices:read", "people:read")


def ask(path, given=None, *, scopes=ALL, roles=("adviser",)):
    user = colleague(*roles)
    _, text = do_make_token(actor=user, user=user, name="Balie", scopes=list(scopes), days=30)
    client, headers = Client(raise_request_exception=False), {"HTTP_AUTHORIZATION": f"Bearer {text}"}
    if given is None:
        return client.get(f"/api/v1/{path}", **headers)
    return client.post(f"/api/v1/{path}", json.dumps(given), content_type="application/json", **headers)


def told(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_draft_is_held_against_the_book(book):
    found = told(ask("answers/check", {"draft": DRAFT, "question": REPAY}))
    (remark,) = found["remarks"]
    assert (found["outcome"], remark["severity"], remark["source"]) == (
        "clashes",
        "clash",
        "15 % per jaar van het oorspronkelijke bedrag",
    )
    assert [each["question"] for each in found["compared"]["answers"]] == [REPAY]
    assert AuditEntry.objects.filter(action="answer.check").exists()


def test_what_a_customer_was_told_takes_the_right_to_know_customers(book, customer):
    asked = hear("Hoeveel mag ik boetevrij aflossen?", person=customer)
    tell("U mag 20 % per jaar boetevrij aflossen.", person=customer, answers=asked)
    given = {"draft": REPAY_SAYS, "question": REPAY}
    by_person = {**given, "person": str(customer.public_id)}
    assert told(ask("answers/check", by_person))["remarks"][0]["earlier"]["adviser"] == "Bert"
    refused = ask("answers/check", by_person, scopes=("answers:check",))
    assert (refused.status_code, refused.json()["code"]) == (403, "scope_missing")
    by_voice = {**given, "voice": str(asked.public_id)}
    assert told(ask("answers/check", by_voice, scopes=("answers:check", "voices:read")))["remarks"] == []
    assert ask("answers/check", by_voice, scopes=("answers:check",)).status_code == 403


@pytest.mark.parametrize("scopes", [("answers:read",), ("voices:read",)])
def test_the_check_needs_its_own_scope(book, scopes):
    assert ask("answers/check", {"draft": DRAFT}, scopes=scopes).status_code == 403


def test_the_book_comes_in_parts_and_by_state(book):
    first = told(ask("answers?limit=1"))
    assert (first["total"], [each["question"] for each in first["answers"]]) == (2, [REPAY])
    rest = told(ask(f"answers?limit=1&after={first['next']}"))
    assert ([each["question"] for each in rest["answers"]], rest["next"]) == ([DEPOSIT], None)
    Version.objects.filter(pk=book["deposit"].pk).update(state=State.NOT_VALIDATED)
    assert told(ask("answers?state=not_validated"))["total"] == 1


def test_one_entry_and_one_that_is_not_there(book):
    public_id = book["repay"].answer.public_id
    assert told(ask(f"answers/{public_id}"))["text"] == REPAY_SAYS
    assert ask("answers/01a20000-0000-7000-8000-000000000000").status_code == 404


def test_a_question_finds_its_entry(book):
    (hit, *_) = told(ask("answers/find", {"text": "Hoeveel mag ik zonder boete aflossen?", "limit": 2}))["answers"]
    assert hit["answer"]["question"] == REPAY
    assert hit["probability"] > 0.5


def test_whether_given_answers_agree(book):
    assert told(ask("answers/agreement")) == {"questions": []}
    assert ask("answers/agreement?since=gisteren").status_code == 422


@pytest.mark.parametrize("given", [{}, {"draft": "x" * 1_000_001}, {"draft": "x", "voice": "geen"}])
def test_a_body_that_is_not_as_the_route_says_is_refused(book, given):
    assert ask("answers/check", given).status_code == 422
