"""Users of every role, a home of one's own, and a clean slate for guessing passwords."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gehoor.kernel.home import Home
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.accounts.throttle import Throttle
from gehoor.rooms.accounts.views import entrance

PASSWORD = "linde-bloeit-in-juni"


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> Path:
    """Nothing of the tests ends up in anyone's home."""
    settings.HOME = Home(tmp_path)
    return tmp_path


@pytest.fixture(autouse=True)
def throttle(monkeypatch: pytest.MonkeyPatch) -> Throttle:
    """Every test starts without failed tries."""
    fresh = Throttle()
    monkeypatch.setattr(entrance, "sign_in_throttle", fresh)
    return fresh


MakeUser = Callable[..., User]


@pytest.fixture
def make_user(db: None) -> MakeUser:
    """Makes a user with these roles."""

    def make(*roles: Role, name: str = "Ans", email: str = "") -> User:
        email = email or f"{'-'.join(roles) or 'none'}@linde.example"
        return User.objects.make(email=email, name=name, roles=[role.value for role in roles], password=PASSWORD)

    return make


@pytest.fixture
def as_role(make_user: MakeUser, client: Client) -> Callable[..., Client]:
    """A browser in which someone with these roles has signed in."""

    def sign_in(*roles: Role) -> Client:
        client.force_login(make_user(*roles))
        return client

    return sign_in
