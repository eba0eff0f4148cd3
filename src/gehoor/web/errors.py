"""Errors as pages that say what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def say_what_is_wrong(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: turns a GehoorError into a page."""
    return get_response
