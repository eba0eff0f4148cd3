"""Reads blogs: feeds, and saved pages with their comments. See README.md."""

from collections.abc import Iterator

from gehoor.channels.base import Document, Outcome, Recognition, Wishes
from gehoor.channels.blog.feed import read_entries
from gehoor.channels.blog.pages import BLOG_PAGES
from gehoor.channels.blog.telling import CHANNEL
from gehoor.channels.pages import feeds
from gehoor.channels.pages.decoding import text_in
from gehoor.channels.pages.errors import PageUnclear
from gehoor.channels.pages.page import Page, page_in
from gehoor.channels.pages.recognition import is_html
from gehoor.channels.pages.saved import too_large


class BlogReader:
    """See README.md beside this file."""

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """Sure of a feed, rather sure of a page with a blog's marks; of any page for which the channel was given."""
        if document.path is not None and document.path.is_dir():
            return Recognition(0.0)
        head = document.head()
        if (feed := feeds.likeness(head)) > 0:
            return Recognition(feed)
        if not is_html(text_in(head), document.name):
            return Recognition(0.0)
        return Recognition(max(BLOG_PAGES.likeness(Page(head)), 0.7 if wishes.channel == CHANNEL else 0.0))

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Every article and comment. Raises Damaged for no feed, PageUnclear where nobody speaks, Tangled, TooLarge."""
        if feeds.likeness(document.head()) > 0:
            return read_entries(document, wishes)
        return _of_page(document, wishes)


def _of_page(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    page = page_in(document)
    anything = False
    for outcome in BLOG_PAGES.outcomes(page, wishes):
        anything = True
        yield outcome
    if not anything:
        raise PageUnclear
    if page.is_cut:
        yield too_large(page)


READER = BlogReader()
