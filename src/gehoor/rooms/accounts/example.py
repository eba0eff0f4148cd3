"""Looking along in the example organisation without a password. Only there, and only on the machine itself.

``example.json`` in the home is written by the demo: ``{"users": ["email", ...]}``. A request counts as made on this
machine when it comes from a loopback address, asks for a loopback host, and passed no proxy.
"""

import json
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from gehoor.rooms.accounts.models import User

_PROXY_HEADERS = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")


def _is_loopback(address: str) -> bool:
    try:
        return address == "localhost" or ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def on_this_machine(request: HttpRequest) -> bool:
    """Whether whoever asks sits at the machine that answers."""
    host, separator, port = request.get_host().rpartition(":")
    name = host if separator and port.isdigit() else request.get_host()
    return (
        _is_loopback(request.META.get("REMOTE_ADDR", ""))
        and _is_loopback(name)
        and not any(header in request.META for header in _PROXY_HEADERS)
    )


def is_example() -> bool:
    """Whether this home holds the example organisation."""
    return _file().exists()


def _file() -> Path:
    return settings.HOME.path / "example.json"


def example_users(request: HttpRequest) -> list[User]:
    """The users that anyone at this machine may be, in the order of the example; none outside the example."""
    if not is_example() or not on_this_machine(request):
        return []
    order: list[str] = json.loads(_file().read_text(encoding="utf-8")).get("users", [])
    users = {user.email: user for user in User.objects.filter(email__in=order, is_active=True)}
    return [users[email] for email in order if email in users]
