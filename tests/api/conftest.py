"""Users of every role with tokens, and a few things that were said."""

import pytest
from django.core.cache import cache
from django.test import Client
from tests.voices.conftest import say

from gehoor.kernel.home import Home
from gehoor.rooms.accounts.interface import door
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.accounts.scopes import scopes_of
from gehoor.rooms.accounts.throttle import Throttle
from gehoor.rooms.accounts.tokens import do_make_token
from gehoor.rooms.people.models import Attribution, Person

API = "/api/v1/"


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    settings.HOME = Home(tmp_path)
    cache.clear()
    return tmp_path


@pytest.fixture(autouse=True)
def throttle(monkeypatch):
    """Every test starts without wrong tokens."""
    fresh = Throttle()
    monkeypatch.setattr(door, "token_throttle", fresh)
    return fresh


def colleague(*roles, name="Ans"):
    email = f"{'-'.join(roles) or 'none'}@linde.example"
    return User.objects.make(email=email, name=name, roles=[role.value for role in roles], password=None)


def token_of(user, *scopes, days=30, name="Rapport"):
    """A token and its text; made for everything that the user may, unless scopes are given."""
    chosen = scopes or [scope.code for scope in scopes_of(user)]
    return do_make_token(actor=user, user=user, name=name, scopes=chosen, days=days)


def bearer(text):
    return {"HTTP_AUTHORIZATION": f"Bearer {text}"}


def ask(path, text="", **more):
    """What the interface says at an address under /api/v1/, asked with a token."""
    headers = bearer(text) if text else {}
    client = Client(raise_request_exception=False)
    return client.get(f"{API}{path}", more.pop("query", None), **headers, **more)


@pytest.fixture
def adviser(db):
    return colleague(Role.ADVISER)


@pytest.fixture
def adviser_token(adviser):
    return token_of(adviser)[1]


@pytest.fixture
def voice(db):
    """A complaint of a known person."""
    made = say("Ik wacht al drie weken op mijn jaaropgave. Dat is veel te lang.", channel="letter")
    Attribution.objects.update_or_create(voice=made, defaults={"person": Person.objects.create(name="Jan de Vries")})
    return made
