"""The menu: one obvious place for everything that someone may do."""

from typing import Any

from django.http import HttpRequest


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the entries that this user may open."""
    return {"menu": []}
