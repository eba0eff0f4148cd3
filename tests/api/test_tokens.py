"""Which token lets in, and which does not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.kernel.ids import content_hash
from gehoor.rooms.accounts.actions import do_change_user
from gehoor.rooms.accounts.models import ApiToken, User
from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.accounts.throttle import TRIES
from gehoor.rooms.accounts.tokens import MOST, do_end_token, do_make_token
from gehoor.rooms.privacy.models import AuditEntry

from .conftest import ask, colleague, token_of

pytestmark = pytest.mark.django_db


def test_a_token_lets_its_user_in_and_says_what_it_may(adviser):
    _, text = token_of(adviser, "voices:read")
    answer = ask("me", text)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["id"], told["name"], told["roles"]) == (str(adviser.public_id), "Ans", ["adviser"])
    assert told["scopes"] == ["voices:read"]
    assert told["token"]["name"] == "Rapport"


def test_only_a_hash_is_kept(adviser):
    token, text = token_of(adviser)
    kept = ApiToken.objects.filter(pk=token.pk).values().get()
    secret = text.rpartition("_")[2] if "_" not in text[16:] else text[16:]
    assert bytes(kept["hash"]) == content_hash(text.encode())
    assert len(text) == len("gehoor_") + 8 + 1 + 43
    assert all(secret not in str(value) for value in kept.values())
    assert text.startswith(f"gehoor_{kept['prefix']}_")


def _changed(text):
    return text[:-1] + ("A" if text[-1] != "A" else "B")


@pytest.mark.parametrize(
    "spoil",
    [
        _changed,
        lambda text: text[:-1],
        lambda text: text + "A",
        lambda text: text.upper(),
        lambda text: text[7:],
        lambda text: "",
        lambda text: "x" * 60_000,
        lambda text: text.replace("gehoor", "gehööor"),
        lambda text: text + "\x00",
        lambda text: f"{text} {text}",
    ],
    ids=["wrong", "truncated", "longer", "upper", "without its name", "none", "huge", "not ascii", "nul", "twice"],
)
def test_a_token_that_is_not_one_lets_nobody_in(adviser_token, spoil):
    answer = ask("me", spoil(adviser_token) or " ")
    assert answer.status_code == 401
    assert answer.json()["code"] == "token_wrong"
    assert answer["WWW-Authenticate"] == 'Bearer error="invalid_token"'


@pytest.mark.parametrize("header", ["", "Basic YTpi", "Token abc", "bearer"])
def test_without_a_token_nobody_is_known(db, header):
    answer = ask("me", HTTP_AUTHORIZATION=header)
    assert answer.status_code == 401
    assert answer.json()["code"] == ("token_wrong" if header == "bearer" else "stranger")


def test_an_expired_token_says_so(adviser):
    token, text = token_of(adviser)
    ApiToken.objects.filter(pk=token.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert (ask("me", text).status_code, ask("me", text).json()["code"]) == (401, "token_expired")


def test_an_ended_token_lets_nobody_in_from_then_on(adviser):
    token, text = token_of(adviser)
    assert ask("me", text).status_code == 200
    do_end_token(actor=adviser, token=token)
    assert (ask("me", text).status_code, ask("me", text).json()["code"]) == (401, "token_ended")


def test_who_is_shut_out_loses_every_token_also_when_let_in_again(adviser):
    admin, (_, text) = colleague(Role.ADMINISTRATOR), token_of(adviser)
    given = {"actor": admin, "user": adviser, "name": "Ans", "roles": ["adviser"]}
    do_change_user(**given, is_active=False)
    assert ask("me", text).status_code == 401
    do_change_user(**given, is_active=True)
    assert ask("me", text).json()["code"] == "token_ended"


def test_a_user_shut_out_behind_our_back_is_out_all_the_same(adviser, adviser_token):
    User.objects.filter(pk=adviser.pk).update(is_active=False)
    assert ask("me", adviser_token).status_code == 401


def test_a_token_never_may_more_than_its_user_at_that_moment(adviser, adviser_token):
    admin = colleague(Role.ADMINISTRATOR)
    assert ask("voices", adviser_token).status_code == 200
    do_change_user(actor=admin, user=adviser, name="Ans", roles=["administrator"], is_active=True)
    answer = ask("voices", adviser_token)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert ask("me", adviser_token).json()["scopes"] == []


def test_a_token_may_only_what_it_was_made_for(adviser):
    _, text = token_of(adviser, "needs:read")
    answer = ask("voices", text)
    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert "voices:read" in answer.json()["detail"]
    assert ask("needs", text).status_code == 200


@pytest.mark.parametrize(
    ("name", "scopes", "days"),
    [
        (" ", ["voices:read"], 30),
        ("x" * 101, ["voices:read"], 30),
        ("Rapport", [], 30),
        ("Rapport", ["voices:read", "everything"], 30),
        ("Rapport", ["voices:read"], 10_000),
    ],
)
def test_a_token_that_cannot_be_is_not_made(adviser, name, scopes, days):
    with pytest.raises(Refused):
        do_make_token(actor=adviser, user=adviser, name=name, scopes=scopes, days=days)
    assert not ApiToken.objects.exists()


def test_nobody_makes_a_token_past_the_own_roles_or_in_anothers_name(adviser):
    manager, admin = colleague(Role.MANAGER), colleague(Role.ADMINISTRATOR)
    with pytest.raises(Refused):
        do_make_token(actor=manager, user=manager, name="x", scopes=["people:read"], days=30)
    with pytest.raises(NotAllowed):
        do_make_token(actor=admin, user=adviser, name="x", scopes=["voices:read"], days=30)


def test_there_is_an_end_to_how_many(adviser):
    for number in range(MOST):
        token_of(adviser, "voices:read", name=str(number))
    with pytest.raises(Refused):
        token_of(adviser)
    do_end_token(actor=adviser, token=ApiToken.objects.first())
    token_of(adviser)


def test_a_token_is_ended_by_its_user_or_who_manages_users_and_by_nobody_else(adviser):
    token, _ = token_of(adviser)
    with pytest.raises(NotAllowed):
        do_end_token(actor=colleague(Role.MANAGER), token=token)
    first = do_end_token(actor=colleague(Role.ADMINISTRATOR), token=token)
    assert do_end_token(actor=adviser, token=token).ended_at == first.ended_at


def test_making_and_ending_stand_in_the_audit_trail(adviser):
    token, _ = token_of(adviser)
    do_end_token(actor=adviser, token=token)
    lines = AuditEntry.objects.filter(public_id=token.public_id).order_by("id")
    assert [(line.actor, line.action, line.what) for line in lines] == [
        (adviser, "token.make", "token"),
        (adviser, "token.end", "token"),
    ]


def test_the_hour_of_use_is_kept_and_no_more(adviser, django_assert_num_queries):
    token, text = token_of(adviser)
    ask("me", text)
    token.refresh_from_db()
    assert (token.last_used_at.minute, token.last_used_at.second, token.last_used_at.microsecond) == (0, 0, 0)
    with django_assert_num_queries(1):
        ask("me", text)


def test_too_many_wrong_tokens_have_to_wait_and_a_right_one_does_not(adviser_token):
    wrong = _changed(adviser_token)
    for _ in range(TRIES):
        assert ask("me", wrong, REMOTE_ADDR="198.51.100.7").status_code == 401
    answer = ask("me", wrong, REMOTE_ADDR="198.51.100.7")
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_tries")
    assert 0 < int(answer["Retry-After"]) <= 15 * 60 + 1
    assert ask("me", wrong, REMOTE_ADDR="198.51.100.8").status_code == 401
    assert ask("me", adviser_token, REMOTE_ADDR="198.51.100.7").status_code == 200


def test_an_ended_token_is_told_so_however_often_it_asks(adviser):
    token, text = token_of(adviser)
    do_end_token(actor=adviser, token=token)
    assert {ask("me", text).json()["code"] for _ in range(TRIES + 2)} == {"token_ended"}


def test_a_wrong_token_is_not_made_right_by_a_browser_that_is_signed_in(adviser):
    client = Client()
    client.force_login(adviser)
    assert client.get("/api/v1/me").status_code == 200
    assert client.get("/api/v1/me", HTTP_AUTHORIZATION="Bearer x").status_code == 401


def test_a_scope_that_does_not_exist_is_refused_for_that_reason(adviser):
    with pytest.raises(Refused) as refused:
        do_make_token(actor=None, user=adviser, name="koppeling", scopes=["voices:reed"], days=30)
    assert "does not exist" in str(refused.value.fields["why"])
