"""Errors as pages that say what is the matter and what to do, in the language of the one who looks."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from gehoor.kernel.errors import CannotRead, GehoorError, NotAllowed, NotFound, Refused
from gehoor.kernel.language import Sentence, sentence

GetResponse = Callable[[HttpRequest], HttpResponse]

_STATUSES: tuple[tuple[type[GehoorError], int], ...] = (
    (NotAllowed, 403),
    (NotFound, 404),
    (Refused, 409),
    (CannotRead, 422),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is the matter, what to do, and the status that says so to machines."""

    status: int
    reason: Sentence | str
    advice: Sentence | str

    @classmethod
    def of(cls, error: GehoorError) -> "Problem":
        """The problem that one of our own errors tells."""
        status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
        return cls(status, error.reason, error.advice)

    @classmethod
    def bad_request(cls) -> "Problem":
        return cls(
            400,
            sentence("This request could not be understood."),
            sentence("Go back, load the page again and try once more."),
        )

    @classmethod
    def forbidden(cls) -> "Problem":
        return cls(403, NotAllowed.text, NotAllowed.remedy)

    @classmethod
    def no_such_page(cls) -> "Problem":
        return cls(
            404,
            sentence("There is no such page."),
            sentence("Check the address, or choose a place from the menu."),
        )

    @classmethod
    def broken(cls) -> "Problem":
        return cls(
            500,
            sentence("Something broke on our side."),
            sentence(
                "What was sent in before is safe. Try again; if it stays, ask the administrator to look in the log."
            ),
        )


def page(request: HttpRequest, problem: Problem, *, plain: bool = False) -> HttpResponse:
    """The problem as a page, or as a notice for HTMX. ``plain`` asks nothing of the session or the database."""
    htmx = getattr(request, "htmx", None)
    whole = "problem_plain.html" if plain else "problem.html"
    template = "problem_notice.html" if htmx and not htmx.boosted else whole
    body = render_to_string(template, {"problem": problem}, request=None if plain else request)
    return HttpResponse(body, status=problem.status)


class _Watch:
    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer our own errors; leave every other to Django, which logs it and calls the handler of 500."""
        return page(request, Problem.of(error)) if isinstance(error, GehoorError) else None


def say_what_is_wrong(get_response: GetResponse) -> GetResponse:
    """Middleware: turns a GehoorError into a page."""
    return _Watch(get_response)
