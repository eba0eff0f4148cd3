"""The menu: one obvious place for everything that someone may do."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the house: its name, the route that leads there, and the rights of which one is enough. Whoever has
    the right ``unless`` finds it from elsewhere. What has to be at hand always has a ``sign`` beside the menu."""

    name: str
    route: str
    rights: tuple[May, ...] = ()
    unless: May | None = None
    sign: str = ""


PLACES = (
    Place(sentence("Today"), "today:today"),
    Place(sentence("Desk"), "desk:desk", (May.SEE_DESK,)),
    Place(sentence("Desk"), "desk:times", (May.SEE_TIMES,), unless=May.SEE_DESK),
    Place(sentence("Who is calling?"), "desk:calling", (May.SEE_DESK,), sign="phone"),
    Place(sentence("Voices"), "voices:search", (May.SEE_VOICES,)),
    Place(sentence("Needs"), "needs:needs", (May.SEE_NEEDS,)),
    Place(sentence("Answers"), "answers:book", (May.SEE_ANSWERS,)),
    Place(sentence("Changes"), "changes:changes", (May.SEE_CHANGES,)),
    Place(sentence("Listening"), "listening:listening", (May.LISTEN,)),
    Place(sentence("Write down"), "notes:note", (May.NOTE,)),
    Place(sentence("People"), "people:people", (May.SEE_PEOPLE,)),
    Place(sentence("Administration"), "intake:intake", (May.TAKE_IN,)),
    Place(sentence("Users"), "accounts:users", (May.MANAGE_USERS,)),
    Place(sentence("Privacy"), "privacy:register", (May.SEE_PRIVACY, May.ERASE)),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place as this user sees it. ``current`` is the value of ``aria-current``: page, true (inside it) or nothing."""

    name: str
    href: str
    current: str
    sign: str


def _current(href: str, path: str) -> str:
    if path == href:
        return "page"
    return "true" if href != "/" and path.startswith(href) else ""


def entries(user: User, path: str) -> Iterator[Entry]:
    """The places that this user may open."""
    for place in PLACES:
        if place.rights and not any(user.may(right) for right in place.rights):
            continue
        if place.unless is not None and user.may(place.unless):
            continue
        href = reverse(place.route)
        yield Entry(gettext(place.name), href, _current(href, path), place.sign)


def menu(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the entries that this user may open, and the languages on offer. Made when a template asks for
    them; a part of a page does not."""
    user = getattr(request, "user", None)

    @cache
    def shown() -> list[Entry]:
        return list(entries(user, request.path)) if isinstance(user, User) else []

    return {
        "menu": lambda: [each for each in shown() if not each.sign],
        "signs": lambda: [each for each in shown() if each.sign],
        "languages_offered": [code for code, _ in settings.LANGUAGES],
    }
