"""Signing in and out, and what guessing comes to."""

import pytest
from django.test import Client
from tests.web.conftest import PASSWORD, MakeUser

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.accounts.throttle import SECONDS, TRIES, Throttle, network_of

PATH = "/account/aanmelden/"


def _try(client: Client, email: str, password: str, **extra: str) -> int:
    return client.post(PATH, {"email": email, "password": password}, **extra).status_code  # type: ignore[arg-type]


def test_email_and_password_let_in_and_lead_on(make_user: MakeUser, client: Client) -> None:
    user = make_user(Role.ADVISER)
    given = {"email": user.email.upper(), "password": PASSWORD, "next": "/account/"}
    response = client.post(PATH, given)
    assert (response.status_code, response["Location"]) == (302, "/account/")
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://elders.example/", "//elders.example", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere_after_signing_in(make_user: MakeUser, client: Client, elsewhere: str) -> None:
    user = make_user(Role.ADVISER)
    response = client.post(PATH, {"email": user.email, "password": PASSWORD, "next": elsewhere})
    assert response["Location"] == "/"


def test_a_wrong_password_and_an_unknown_email_look_the_same(make_user: MakeUser, client: Client) -> None:
    user = make_user(Role.ADVISER)
    wrong = client.post(PATH, {"email": user.email, "password": "iets anders"})
    unknown = client.post(PATH, {"email": user.email.replace("adviser", "niemand"), "password": "iets anders"})
    assert wrong.status_code == unknown.status_code == 403
    assert "horen niet bij elkaar" in wrong.content.decode()
    assert "horen niet bij elkaar" in unknown.content.decode()


def test_who_is_shut_out_cannot_sign_in(make_user: MakeUser, client: Client) -> None:
    user = make_user(Role.ADVISER)
    User.objects.update(is_active=False)
    assert _try(client, user.email, PASSWORD) == 403


def test_an_address_that_guesses_too_often_must_wait_even_with_the_right_password(
    make_user: MakeUser, client: Client
) -> None:
    user = make_user(Role.ADVISER)
    for number in range(TRIES):
        assert _try(client, f"{number}@linde.example", "x", REMOTE_ADDR="198.51.100.7") == 403
    response = client.post(PATH, {"email": user.email, "password": PASSWORD}, REMOTE_ADDR="198.51.100.7")
    assert response.status_code == 403
    assert "15 minuten" in response.content.decode()
    assert _try(client, user.email, PASSWORD, REMOTE_ADDR="198.51.100.8") == 302


def test_an_email_that_is_guessed_too_often_must_wait_from_every_address(make_user: MakeUser, client: Client) -> None:
    user = make_user(Role.ADVISER)
    for number in range(TRIES):
        _try(client, user.email, "x", REMOTE_ADDR=f"198.51.100.{number}")
    assert _try(client, user.email, PASSWORD, REMOTE_ADDR="203.0.113.1") == 403


def test_the_wait_ends_and_success_forgets() -> None:
    now = [0.0]
    throttle = Throttle(clock=lambda: now[0])
    for _ in range(TRIES):
        throttle.failed("a", "b")
        now[0] += 1
    assert throttle.wait("a") == pytest.approx(SECONDS - TRIES)
    throttle.succeeded("b")
    assert throttle.wait("b") == 0
    now[0] = SECONDS
    assert throttle.wait("a") == 0


def test_the_memory_of_failures_is_bounded() -> None:
    throttle = Throttle()
    for number in range(10_050):
        throttle.failed(str(number))
    assert len(throttle._failures) == 10_000


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("", "unknown"),
    ],
)
def test_addresses_of_one_household_count_as_one(address: str, network: str) -> None:
    assert network_of(address) == network


def test_signing_out_takes_a_post(make_user: MakeUser, client: Client) -> None:
    client.force_login(make_user(Role.ADVISER))
    assert client.get("/account/afmelden/").status_code == 405
    client.post("/account/afmelden/")
    assert client.get("/account/").status_code == 302


def test_no_page_of_a_colleague_stays_in_a_shared_browser(make_user: MakeUser, client: Client) -> None:
    client.force_login(make_user(Role.ADVISER))
    assert "no-store" in client.get("/account/")["Cache-Control"]
