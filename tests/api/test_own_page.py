"""Making and ending tokens on screen and on the command line."""

import json
import re

import pytest
from click.testing import CliRunner
from django.test import Client

from gehoor.rooms.accounts.models import ApiToken
from gehoor.rooms.accounts.roles import Role

from .conftest import ask, colleague, token_of

pytestmark = pytest.mark.django_db

PAGE = "/account/sleutels/"


def _signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_token_made_on_screen_is_shown_once_and_works(adviser):
    client = _signed_in(adviser)
    answer = client.post(PAGE, {"name": "Rekenblad", "scopes": ["voices:read"], "days": "30"})
    text = re.search(r"gehoor_[0-9a-f]{8}_[\w-]{43}", answer.content.decode())[0]
    assert "no-store" in answer["Cache-Control"]
    assert ask("me", text).json()["scopes"] == ["voices:read"]
    page = client.get(PAGE).content.decode()
    assert "Rekenblad" in page
    assert text not in page
    assert text[:15] in page


def test_only_what_the_roles_reach_is_offered_and_taken():
    client = _signed_in(colleague(Role.MANAGER))
    page = client.get(PAGE).content.decode()
    assert "voices:read" in page
    assert "people:read" not in page
    given = {"name": "x", "scopes": ["people:read"], "days": "30"}
    assert client.post(PAGE, given).status_code == 422
    assert client.post(PAGE, {**given, "scopes": ["voices:read"], "days": "3000"}).status_code == 422
    assert not ApiToken.objects.exists()


def test_who_reaches_nothing_is_told_so():
    page = _signed_in(colleague(Role.ADMINISTRATOR)).get(PAGE).content.decode()
    assert "Uw rollen reiken tot niets wat een programma kan vragen." in page


def test_one_ends_ones_own_token_and_nobody_elses(adviser):
    token, text = token_of(adviser)
    end = f"{PAGE}{token.public_id}/einde/"
    assert _signed_in(colleague(Role.MANAGER)).post(end).status_code == 404
    assert ask("me", text).status_code == 200
    client = _signed_in(adviser)
    assert client.get(end).status_code == 405
    assert client.post(end)["Location"] == PAGE
    assert ask("me", text).status_code == 401
    assert "beëindigd" in client.get(PAGE).content.decode()


def test_who_manages_users_sees_and_ends_everyones(adviser):
    token, text = token_of(adviser, name="Kwartaalrapport")
    admin = _signed_in(colleague(Role.ADMINISTRATOR))
    page = admin.get(f"{PAGE}iedereen/").content.decode()
    assert "Kwartaalrapport" in page
    assert "Ans" in page
    assert admin.post(f"{PAGE}{token.public_id}/einde/")["Location"] == f"{PAGE}iedereen/"
    assert ask("me", text).status_code == 401
    assert _signed_in(adviser).get(f"{PAGE}iedereen/").status_code == 403


def test_the_list_costs_the_same_however_long(django_assert_max_num_queries, adviser):
    for number in range(40):
        token_of(adviser, name=f"Programma {number}")
    admin = _signed_in(colleague(Role.ADMINISTRATOR))
    with django_assert_max_num_queries(6):
        admin.get(f"{PAGE}iedereen/")


def test_the_command_line_makes_lists_and_ends_tokens(adviser, monkeypatch):
    from gehoor.cli import tokens as command

    monkeypatch.setattr(command, "open_home", lambda: None)

    def run(*words):
        return json.loads(CliRunner().invoke(command.tokens, [*words, "--json"], catch_exceptions=False).stdout)

    made = run("make", "ADVISER@linde.example", "--name", "Rapport", "--scope", "voices:read")
    assert ask("me", made.pop("token")).status_code == 200
    ApiToken.objects.update(last_used_at=None)
    assert run("list") == {"tokens": [made]}
    assert made["user"] == "adviser@linde.example"
    ended = run("end", made["id"][-8:])
    assert ended["ended_at"] is not None
    printed = CliRunner().invoke(command.tokens, ["list"], catch_exceptions=False).stdout
    assert "Rapport" in printed
