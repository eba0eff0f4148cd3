"""Errors as programs get them: RFC 9457, in the language that the program asked for, never with a traceback.

``title`` says it in a word or two and goes with ``code``; ``detail`` what is the matter this time; ``remedy`` what to
do. ``errors`` names what was wrong with which field, without repeating what was sent.
"""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext
from ninja import Schema
from ninja.errors import HttpError, ValidationError

from gehoor.kernel.errors import CannotReach, CannotRead, GehoorError, NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.refusals import Stranger, TooManyTries
from gehoor.rooms.accounts.saying import said

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger("gehoor.api")


class NotUnderstood(GehoorError):
    """A body or a parameter that is not as the document of the interface says."""

    code = "not_understood"
    text = sentence("What was sent is not as it should be.")
    remedy = sentence("Hold it against the description of this route.")


class BodyTooLarge(GehoorError):
    """A body that is larger than this interface reads."""

    code = "body_too_large"
    text = sentence("What was sent is too large.")
    remedy = sentence("Send at most {limit} bytes at a time.")


class NoSuchRoute(NotFound):
    """An address under which nothing is told."""

    code = "no_such_route"
    text = sentence("There is no such address in this interface.")
    remedy = sentence("Look at the list of routes under /api/v1/.")


class NotThisMethod(GehoorError):
    """An address that knows other methods."""

    code = "not_this_method"
    text = sentence("This address does not know this method.")
    remedy = sentence("Use one of: {allowed}.")


class Broken(GehoorError):
    """Our own mistake."""

    code = "broken"
    text = sentence("Something broke on our side.")
    remedy = sentence(
        "What was sent in before is safe. Try again; if it stays, ask the administrator to look in the log."
    )
    retry_helps = True


STATUSES: tuple[tuple[type[GehoorError], HTTPStatus, str], ...] = (
    (Stranger, HTTPStatus.UNAUTHORIZED, sentence("Not let in")),
    (NotAllowed, HTTPStatus.FORBIDDEN, sentence("Not allowed")),
    (NotFound, HTTPStatus.NOT_FOUND, sentence("Not found")),
    (NotThisMethod, HTTPStatus.METHOD_NOT_ALLOWED, sentence("Not this method")),
    (Refused, HTTPStatus.CONFLICT, sentence("Cannot be done")),
    (BodyTooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence("Too large")),
    (NotUnderstood, HTTPStatus.UNPROCESSABLE_ENTITY, sentence("Not understood")),
    (CannotRead, HTTPStatus.UNPROCESSABLE_ENTITY, sentence("Cannot be read")),
    (TooManyTries, HTTPStatus.TOO_MANY_REQUESTS, sentence("Too many tries")),
    (CannotReach, HTTPStatus.BAD_GATEWAY, sentence("Cannot be reached")),
    (GehoorError, HTTPStatus.INTERNAL_SERVER_ERROR, sentence("Broken")),
)
"""Which kind of error is which status, and its title; the first that fits."""

_WRONG = {
    "missing": sentence("this is missing"),
    "literal_error": sentence("this is none of the values that can be chosen"),
    "enum": sentence("this is none of the values that can be chosen"),
    "string_too_long": sentence("this is too long"),
    "string_too_short": sentence("this is too short"),
    "greater_than_equal": sentence("this is too small"),
    "greater_than": sentence("this is too small"),
    "less_than_equal": sentence("this is too large"),
    "less_than": sentence("this is too large"),
    "extra_forbidden": sentence("this is not known here"),
    "value_error": sentence("this reads otherwise; the description of the route says how"),
}
_OTHERWISE = sentence("this is of another kind than asked for")


class Wrong(Schema):
    """What is wrong with one field: where it stands (``query.limit``), and why."""

    where: str
    reason: str


class Problem(Schema):
    """What is the matter, and what to do about it."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    remedy: str
    errors: list[Wrong] = []


def problem(error: GehoorError, *, wrong: Sequence[Mapping[str, str]] = ()) -> HttpResponse:
    """One of our own errors as a program gets it."""
    status, title = next((status, title) for kind, status, title in STATUSES if isinstance(error, kind))
    body: dict[str, Any] = {
        "type": f"urn:gehoor:problem:{error.code}",
        "title": gettext(title),
        "status": status.value,
        "code": error.code,
        "detail": said(error.reason),
        "remedy": said(error.advice),
    }
    if wrong:
        body["errors"] = list(wrong)
    response = JsonResponse(body, status=status.value, content_type=MEDIA_TYPE)
    if isinstance(error, Stranger):
        response["WWW-Authenticate"] = "Bearer" if type(error) is Stranger else 'Bearer error="invalid_token"'
    if isinstance(error, TooManyTries):
        response["Retry-After"] = str(error.fields["seconds"])
    return response


def of_gehoor(request: HttpRequest, error: GehoorError) -> HttpResponse:
    """For an error of our own tree."""
    return problem(error)


def of_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """For fields that are not as they should be; an id that cannot be one leads nowhere."""
    if all(each["loc"][0] == "path" for each in error.errors):
        return problem(NoSuchRoute())
    return problem(NotUnderstood(), wrong=[_wrong(each) for each in error.errors])


def _wrong(found: Mapping[str, Any]) -> dict[str, str]:
    where = ".".join(str(part) for part in (found["loc"][0], *found["loc"][2:])) if len(found["loc"]) > 2 else ""
    where = where or ".".join(str(part) for part in found["loc"])
    return {"where": where[:200], "reason": gettext(_WRONG.get(found["type"], _OTHERWISE))}


def of_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """For what the library itself refuses: only a body that it cannot parse."""
    return problem(NotUnderstood()) if error.status_code < HTTPStatus.INTERNAL_SERVER_ERROR else problem(Broken())


def of_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    """For an address that leads nowhere."""
    return problem(NoSuchRoute())


def of_suspicious(request: HttpRequest, error: SuspiciousOperation) -> HttpResponse:
    """For what Django will not read."""
    return problem(too_large()) if isinstance(error, RequestDataTooBig) else problem(NotUnderstood())


def of_anything(request: HttpRequest, error: Exception) -> HttpResponse:
    """For our own mistakes: the log has all of it, the answer nothing."""
    _log.error("%s %s broke", request.method, request.path, exc_info=error)
    return problem(Broken())


MOST_BYTES = 1024 * 1024


def too_large() -> BodyTooLarge:
    """For a body past the limit."""
    return BodyTooLarge(limit=MOST_BYTES)


HANDLERS: tuple[tuple[type[Exception], Any], ...] = (
    (GehoorError, of_gehoor),
    (ValidationError, of_validation),
    (HttpError, of_http),
    (Http404, of_missing),
    (SuspiciousOperation, of_suspicious),
    (Exception, of_anything),
)
"""What answers which error; the nearest kind wins."""
