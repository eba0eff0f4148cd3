"""Every address has a door, and every door keeps out whom it should."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.web.conftest import MakeUser

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import ALLOWED, Role

SAMPLES = {"uuid": str(UUID(int=7)), "str": "x", "int": "1", "slug": "x", "path": "x"}


def _routes(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern), pattern


def _filled(route: str) -> str:
    for converter, value in SAMPLES.items():
        while f"<{converter}:" in route:
            start = route.index(f"<{converter}:")
            route = route[:start] + value + route[route.index(">", start) + 1 :]
    return route


ROUTES = [(_filled(route), pattern) for route, pattern in _routes(get_resolver().url_patterns)]
IDS = [route for route, _ in ROUTES]


@pytest.mark.parametrize(("path", "pattern"), ROUTES, ids=IDS)
def test_every_view_has_a_door(path: str, pattern: URLPattern) -> None:
    assert hasattr(pattern.callback, "door"), f"{path} has neither @may nor @open_to_all"


GUARDED = [(path, pattern) for path, pattern in ROUTES if getattr(pattern.callback, "door", None) is not None]


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("path", "pattern"), GUARDED, ids=[path for path, _ in GUARDED])
def test_a_stranger_is_sent_to_the_sign_in_page(client: Client, path: str, pattern: URLPattern, method: str) -> None:
    response = getattr(client, method)(path)
    assert response.status_code == 302
    assert response["Location"].startswith("/account/aanmelden/?next=")


def _without(pattern: URLPattern) -> list[Role]:
    return [role for role in Role if not set(pattern.callback.door) <= ALLOWED[role]]  # type: ignore[attr-defined]


CLOSED = [(path, role) for path, pattern in GUARDED for role in _without(pattern)]


@pytest.mark.parametrize(("path", "role"), CLOSED, ids=[f"{path} {role}" for path, role in CLOSED])
def test_a_colleague_without_the_right_is_refused(make_user: MakeUser, client: Client, path: str, role: Role) -> None:
    client.force_login(make_user(role))
    assert client.get(path).status_code == 403


def test_someone_without_any_role_still_has_an_own_account(make_user: MakeUser, client: Client) -> None:
    client.force_login(make_user())
    assert client.get("/account/").status_code == 200
    assert client.get("/account/gebruikers/").status_code == 403


def test_who_is_shut_out_is_out_at_once(make_user: MakeUser, client: Client) -> None:
    user = make_user(Role.ADMINISTRATOR)
    client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/account/").status_code == 302
