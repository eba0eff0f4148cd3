"""The first administrator, everyone after, and links that work once."""

import re
from collections.abc import Callable

import pytest
from django.core import signing
from django.test import Client
from tests.web.conftest import PASSWORD, MakeUser

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.accounts import events
from gehoor.rooms.accounts.actions import do_add_user, do_change_user, do_make_first_user, do_set_password
from gehoor.rooms.accounts.links import invitation_link, welcome_link
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import Role

FIRST = {"name": "Ans", "email": "Ans@Linde.example", "new_password": PASSWORD}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[User | None, str, User]]:
    """What listeners heard."""
    heard: list[tuple[User | None, str, User]] = []
    monkeypatch.setattr(events, "_listeners", [])
    events.on_change(lambda actor, action, user: heard.append((actor, action, user)))
    return heard


@pytest.mark.django_db
def test_the_welcome_link_makes_the_first_administrator_once(client: Client) -> None:
    link = welcome_link()
    assert client.get(link).status_code == 200
    assert client.post(link, FIRST).status_code == 302
    user = User.objects.get()
    assert (user.email, user.roles) == ("ans@linde.example", ["administrator"])
    assert client.get("/account/gebruikers/").status_code == 200
    assert client.get(link).status_code == 409
    assert client.post(link, {**FIRST, "email": "b@linde.example"}).status_code == 409


@pytest.mark.django_db
@pytest.mark.parametrize(
    "token", ["x", signing.dumps("first", salt="another")], ids=["nonsense", "signed for something else"]
)
def test_a_made_up_welcome_link_is_refused(client: Client, token: str) -> None:
    assert client.post(f"/account/welkom/{token}/", FIRST).status_code == 409
    assert not User.objects.exists()


@pytest.mark.django_db
def test_an_old_welcome_link_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    link = welcome_link()
    monkeypatch.setattr("django.core.signing.time.time", lambda: 4_000_000_000.0)
    assert client.get(link).status_code == 409


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "reason"),
    [("kort", "Te kort"), ("telechargement", "te algemeen"), ("ans@linde.example", "lijkt te veel op")],
)
def test_a_weak_password_is_refused_with_the_reason(client: Client, password: str, reason: str) -> None:
    response = client.post(welcome_link(), {**FIRST, "new_password": password})
    assert reason in response.content.decode()
    assert not User.objects.exists()


def test_an_administrator_adds_someone_who_chooses_a_password(as_role: Callable[..., Client]) -> None:
    administrator = as_role(Role.ADMINISTRATOR)
    given = {"name": "Rik", "email": "Rik@linde.example", "roles": ["adviser"]}
    page = administrator.post("/account/gebruikers/nieuw/", given).content.decode()
    match = re.search(r'value="http://testserver(/account/uitnodiging/[^"]+)"', page)
    assert match
    rik = Client()
    assert rik.get("/account/").status_code == 302
    assert rik.get(match[1]).status_code == 200
    assert rik.post(match[1], {"new_password": PASSWORD}).status_code == 302
    assert rik.get("/account/").status_code == 200
    assert User.objects.get(email="rik@linde.example").roles == ["adviser"]
    assert Client().get(match[1]).status_code == 409


def test_a_newer_link_does_not_undo_a_password_and_another_user_s_link_is_refused(
    make_user: MakeUser, client: Client
) -> None:
    rik, ans = make_user(Role.ADVISER), make_user(Role.MANAGER)
    link = invitation_link(actor=None, user=rik)
    other = link.replace(str(rik.public_id), str(ans.public_id))
    assert client.post(other, {"new_password": "een-ander-wachtwoord"}).status_code == 409
    ans.refresh_from_db()
    assert ans.check_password(PASSWORD)


def test_an_email_is_used_once(as_role: Callable[..., Client], make_user: MakeUser) -> None:
    administrator = as_role(Role.ADMINISTRATOR)
    given = {"name": "Rik", "email": "ADMINISTRATOR@linde.example", "roles": ["adviser"]}
    response = administrator.post("/account/gebruikers/nieuw/", given)
    assert response.status_code == 422
    assert "meldt zich al aan" in response.content.decode()


def test_roles_and_access_are_changed_and_told(make_user: MakeUser, told: list[tuple[User | None, str, User]]) -> None:
    ans, rik = make_user(Role.ADMINISTRATOR), make_user(Role.ADVISER)
    do_change_user(actor=ans, user=rik, name="Rik", roles=["marketer", "nonsense"], is_active=False)
    rik.refresh_from_db()
    assert (rik.roles, rik.is_active) == (["marketer"], False)
    assert told == [(ans, "user.change", rik)]
    with pytest.raises(Refused):
        invitation_link(actor=ans, user=rik)


def test_somebody_who_can_manage_users_always_stays(make_user: MakeUser) -> None:
    ans = make_user(Role.ADMINISTRATOR)
    with pytest.raises(Refused):
        do_change_user(actor=ans, user=ans, name="Ans", roles=["adviser"], is_active=True)
    with pytest.raises(Refused):
        do_change_user(actor=ans, user=ans, name="Ans", roles=["administrator"], is_active=False)
    make_user(Role.ADMINISTRATOR, email="second@linde.example")
    do_change_user(actor=ans, user=ans, name="Ans", roles=["adviser"], is_active=True)


def test_only_who_manages_users_changes_them(make_user: MakeUser) -> None:
    manager, rik = make_user(Role.MANAGER), make_user(Role.ADVISER)
    with pytest.raises(NotAllowed):
        do_change_user(actor=manager, user=rik, name="x", roles=[], is_active=True)
    with pytest.raises(NotAllowed):
        do_add_user(actor=manager, email="x@linde.example", name="x", roles=[])
    with pytest.raises(NotAllowed):
        invitation_link(actor=manager, user=rik)
    with pytest.raises(NotAllowed):
        do_set_password(actor=manager, user=rik, password="x")
    with pytest.raises(Refused):
        do_make_first_user(email="x@linde.example", name="x", password="x")


def test_a_new_password_ends_other_sessions_but_not_this_one(make_user: MakeUser, client: Client) -> None:
    user = make_user(Role.ADVISER)
    other = Client()
    client.force_login(user)
    other.force_login(user)
    wrong = client.post("/account/wachtwoord/", {"old_password": "x", "new_password": "een-heel-nieuw-woord"})
    assert wrong.status_code == 422
    client.post("/account/wachtwoord/", {"old_password": PASSWORD, "new_password": "een-heel-nieuw-woord"})
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


def test_pages_of_users_name_everyone(as_role: Callable[..., Client], make_user: MakeUser) -> None:
    administrator = as_role(Role.ADMINISTRATOR)
    rik = make_user(Role.ADVISER, name="Rik Jansen")
    assert "Rik Jansen" in administrator.get("/account/gebruikers/").content.decode()
    page = administrator.get(f"/account/gebruikers/{rik.public_id}/").content.decode()
    assert "Rik Jansen" in page
    assert administrator.get("/account/gebruikers/00000000-0000-0000-0000-000000000007/").status_code == 404
    assert administrator.post(f"/account/gebruikers/{rik.public_id}/uitnodigen/").status_code == 200
