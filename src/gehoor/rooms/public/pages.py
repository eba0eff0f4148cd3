"""The public pages: rooms above register theirs, in the ``ready`` of their app.

A registered page has a view of its own behind ``public.showing.for_everyone``, in a template that extends
``public/base.html``. It holds nothing about any person, ever. A page is listed only while its room says that there is
something published; so long its view answers as if there were no such page.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One page for everyone. ``title`` and ``intro`` are translatable; ``address`` gives its path; ``published`` says
    whether there is anything to see, in a query or two."""

    name: str
    title: str
    intro: str
    address: Callable[[], str]
    published: Callable[[], bool]
    order: int = 50


_pages: dict[str, PublicPage] = {}


def register(page: PublicPage) -> None:
    """Add a page."""
    _pages[page.name] = page


def published_pages() -> list[PublicPage]:
    """The pages on which there is something to see, in order."""
    return sorted((page for page in _pages.values() if page.published()), key=lambda page: (page.order, page.name))
