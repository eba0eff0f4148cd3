"""Looking along without a password: in the example, at the machine itself, and nowhere else."""

import json
from pathlib import Path

import pytest
from django.test import Client
from tests.web.conftest import MakeUser

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import Role

HERE = {"HTTP_HOST": "127.0.0.1:8000", "REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def marleen(make_user: MakeUser, own_home: Path) -> User:
    user = make_user(Role.MARKETER, name="Marleen")
    (own_home / "example.json").write_text(json.dumps({"users": [user.email]}))
    return user


def _look_along(client: Client, user: User, **extra: str) -> int:
    return client.post("/account/meekijken/", {"user": str(user.public_id)}, **extra).status_code  # type: ignore[arg-type]


def test_the_example_offers_its_users_by_name_and_role(client: Client, marleen: User) -> None:
    page = client.get("/account/aanmelden/", **HERE).content.decode()
    assert "Kijk mee als Marleen" in page
    assert "Marketeer" in page
    assert _look_along(client, marleen, **HERE) == 302
    assert client.get("/account/", **HERE).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1"])
def test_every_name_of_this_machine_will_do(client: Client, marleen: User, host: str) -> None:
    assert _look_along(client, marleen, HTTP_HOST=host, REMOTE_ADDR="127.0.0.1") == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        {**HERE, "REMOTE_ADDR": "192.0.2.1"},
        {**HERE, "REMOTE_ADDR": ""},
        {**HERE, "HTTP_HOST": "testserver"},
        {**HERE, "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {**HERE, "HTTP_FORWARDED": "for=127.0.0.1"},
    ],
)
def test_from_elsewhere_or_past_a_proxy_it_does_not_exist(
    client: Client, marleen: User, elsewhere: dict[str, str]
) -> None:
    assert "Marleen" not in client.get("/account/aanmelden/", **elsewhere).content.decode()
    assert _look_along(client, marleen, **elsewhere) == 403


def test_in_the_organisation_s_own_home_it_does_not_exist(client: Client, make_user: MakeUser) -> None:
    assert _look_along(client, make_user(Role.MARKETER), **HERE) == 403


def test_only_the_users_of_the_example_can_be_chosen(client: Client, marleen: User, make_user: MakeUser) -> None:
    assert _look_along(client, make_user(Role.ADMINISTRATOR), **HERE) == 403
