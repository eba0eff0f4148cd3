"""Searching everything that was said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import formats
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.voices.forms import SearchForm, channel_name
from gehoor.rooms.voices.lenses import lenses
from gehoor.rooms.voices.queries import (
    KIND_NAMES,
    LENS_CHOICES,
    LENS_NAMES,
    ORDER_NAMES,
    Page,
    allowed_filters,
    language_name,
    page_of,
    voice_at,
)
from gehoor.rooms.voices.search import Filters


@dataclass(frozen=True, slots=True)
class Removable:
    """An active filter in words, and the address of the search without it."""

    words: str
    href: str


def filters_of(request: HttpRequest) -> Filters:
    """What the address bar asks for, as far as this user may ask it."""
    return allowed_filters(Filters.read(request.GET.dict()), actor(request))


def address(filters: Filters, **more: str) -> str:
    """The address of a search."""
    items = {**filters.items(), **more}
    return reverse("voices:search") + (f"?{urlencode(items)}" if items else "")


@may(May.SEE_VOICES)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The voices that a search asks for; for HTMX only the part that changes."""
    filters = filters_of(request)
    follows, precedes = (voice_at(request.GET.get(name, "")) for name in ("after", "before"))
    page = page_of(filters, actor(request), follows=follows, precedes=precedes)
    context = _context(filters, page)
    htmx = getattr(request, "htmx", None)
    if htmx and not htmx.boosted and not htmx.history_restore_request:
        response = render(request, "voices/results_part.html", context)
        response["HX-Push-Url"] = address(filters)
    else:
        context["form"] = SearchForm(filters, actor(request), get_language())
        response = render(request, "voices/search.html", context)
    patch_vary_headers(response, ("HX-Request", "HX-History-Restore-Request"))
    return response


def _context(filters: Filters, page: Page) -> dict[str, Any]:
    first, last = (str(page.lines[place].voice.public_id) if page.lines else "" for place in (0, -1))
    return {
        "filters": filters,
        "kept": {name: value for name, value in filters.seen_as.items() if name not in LENS_CHOICES},
        "removable": list(removable(filters)),
        "page": page,
        "carried": f"?{urlencode(filters.items())}" if filters.items() else "",
        "previous": address(filters, before=first) if page.has_previous and first else "",
        "next": address(filters, after=last) if page.has_next and last else "",
        "beginning": address(filters),
    }


def removable(filters: Filters) -> Iterator[Removable]:
    """Every active filter, in words."""
    for name, value in filters.items().items():
        yield Removable(_in_words(name, value), address(filters.without(name)))


def _in_words(name: str, value: str) -> str:
    if name in lenses():
        said = {"about": gettext(LENS_NAMES.get(name, name)), "what": lenses()[name].describe(value)}
        return gettext("%(about)s: %(what)s") % said
    match name:
        case "q":
            return f"“{value}”"
        case "channel":
            return channel_name(value, get_language())
        case "kind":
            return gettext(KIND_NAMES[value]) if value in KIND_NAMES else value
        case "language":
            return _language(value)
        case "order":
            return gettext(ORDER_NAMES[value])
    return _day(name, value)


def _language(code: str) -> str:
    try:
        return language_name(code)
    except KeyError:
        return code


def _day(name: str, value: str) -> str:
    day = formats.date_format(date.fromisoformat(value), "j F Y")
    return (gettext("from %(day)s") if name == "since" else gettext("up to and including %(day)s")) % {"day": day}
