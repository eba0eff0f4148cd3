"""Who makes something of a page: Hyves, a forum, a blog, or nobody."""

from collections.abc import Iterator

from gehoor.channels.base import Outcome, Wishes
from gehoor.channels.blog.pages import BLOG_PAGES
from gehoor.channels.forum.pages import FORUM_PAGES
from gehoor.channels.pages.page import Extractor, Page
from gehoor.channels.web_archive.hyves import HYVES_PAGES

_EXTRACTORS: tuple[Extractor, ...] = (HYVES_PAGES, FORUM_PAGES, BLOG_PAGES)
_ENOUGH = 0.5


def outcomes_of(page: Page, wishes: Wishes) -> Iterator[Outcome]:
    """What is said on a page, by whoever is surest of it; nothing when nobody speaks. Raises Tangled."""
    likeness, extractor = max(((each.likeness(page), each) for each in _EXTRACTORS), key=lambda each: each[0])
    if likeness >= _ENOUGH or wishes.channel == "blog":
        yield from extractor.outcomes(page, wishes) if likeness >= _ENOUGH else BLOG_PAGES.outcomes(page, wishes)
