"""Around every route: the language of the answer, how much is read, and that nobody keeps a copy."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from gehoor.rooms.accounts.access import open_to_all
from gehoor.web.api.problems import MOST_BYTES, NotThisMethod, problem, too_large

View = Callable[..., HttpResponseBase]


def language_of(request: HttpRequest) -> str:
    """What a signed-in user chose for the screens; else the first language that the program names and we speak."""
    if request.user.is_authenticated:
        return translation.get_language() or settings.LANGUAGE_CODE
    spoken = {code for code, _ in settings.LANGUAGES}
    named = (code.split("-")[0] for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")))
    return next((code for code in named if code in spoken), settings.LANGUAGE_CODE)


def answering(view: View) -> View:
    """View decorator for a route; its own door is in the route's ``auth``."""

    @open_to_all
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            response = _answer(view, request, *args, **kwargs)
        response.headers["Content-Language"] = language
        response.headers["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ("Accept-Language", "Authorization", "Cookie"))
        return response

    return answered


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if _length(request) > MOST_BYTES:
        return problem(too_large())
    response = view(request, *args, **kwargs)
    if response.status_code == 405:
        return _not_this_method(response)
    return response


def _length(request: HttpRequest) -> int:
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isdecimal() else 0


def _not_this_method(response: HttpResponseBase) -> HttpResponse:
    allowed = response.headers["Allow"]
    answer = problem(NotThisMethod(allowed=allowed))
    answer["Allow"] = allowed
    return answer
