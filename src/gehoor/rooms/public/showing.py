"""The door of every public page: open to all, in the language of the link, without a cookie."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from gehoor.rooms.accounts.access import View, open_to_all
from gehoor.rooms.public.letterhead import current_letterhead

LANGUAGE = "taal"
"""The name in the address by which a visitor chooses a language."""


def for_everyone(*, keep_seconds: int = 300, indexed: bool = False) -> Callable[[View], View]:
    """View decorator: strangers may open it; ``?taal=en`` chooses the language, else it is the organisation's own.

    Browsers and proxies may keep the page for ``keep_seconds``; 0 where it differs for each visitor. Search engines
    leave it out unless ``indexed``.
    """

    def guard(view: View) -> View:
        @open_to_all
        @wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            language = chosen_language(request)
            with translation.override(language):
                response = view(request, *args, **kwargs)
            kept = f"public, max-age={keep_seconds}" if keep_seconds and response.status_code == 200 else "no-store"
            response.headers["Cache-Control"] = kept
            response.headers["Content-Language"] = language
            if not indexed:
                response.headers["X-Robots-Tag"] = "noindex"
            return response  # type: ignore[return-value]

        return shown

    return guard


def chosen_language(request: HttpRequest) -> str:
    """The language that the address names, else the organisation's own."""
    wanted = request.GET.get(LANGUAGE, "")
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def in_language(address: str, language: str) -> str:
    """An address on this site that shows a public page in a language."""
    return address if language == settings.LANGUAGE_CODE else f"{address}?{urlencode({LANGUAGE: language})}"


def show(
    request: HttpRequest, template: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """A public page, with who we are around it. Nothing in it depends on who looks."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    around = {
        "letterhead": current_letterhead(),
        "languages": [
            {"code": code, "name": name, "href": in_language(request.path, code), "current": code == language}
            for code, name in settings.LANGUAGES
        ],
    }
    return render(request, template, {**around, **(context or {})}, status=status)
