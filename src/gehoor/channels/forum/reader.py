"""Reads forums: saved pages, Discourse's JSON, feeds. See README.md."""

from collections.abc import Iterator

from gehoor.channels.base import Document, Outcome, Recognition, Wishes
from gehoor.channels.forum.discourse import looks_like, read_discourse
from gehoor.channels.forum.feed import looks_like_forum, read_posts
from gehoor.channels.forum.pages import FORUM_PAGES
from gehoor.channels.forum.telling import CHANNEL
from gehoor.channels.pages import feeds
from gehoor.channels.pages.decoding import text_in
from gehoor.channels.pages.page import Page, page_in
from gehoor.channels.pages.saved import too_large
from gehoor.kernel.errors import Damaged
from gehoor.kernel.language import sentence

_BINARY = b"\0"


class ForumReader:
    """See README.md beside this file."""

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """Sure of the markup of known forums and of Discourse's fields; of a feed when its links lead to topics."""
        if document.path is not None and document.path.is_dir():
            return Recognition(0.0)
        head = document.head()
        if _BINARY in head[:2_048] or head[:8].lower().startswith((b"warc/", b"filedesc")):
            return Recognition(0.0)
        text = text_in(head)
        if (feed := feeds.likeness(head)) > 0:
            ours = wishes.channel == CHANNEL or (wishes.channel != "blog" and looks_like_forum(text))
            return Recognition(0.96 if ours and feed > 0.5 else 0.0)
        if text.lstrip("\ufeff \r\n\t")[:1] in {"{", "["}:
            return Recognition(0.9 if looks_like(text) else 0.0)
        if "multipart/" in text[:4_096].lower() and "content-location" in text.lower():
            return Recognition(0.0)
        return Recognition(FORUM_PAGES.likeness(Page(head)))

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Every post, in order. Raises Damaged when there is none, Tangled, TooLarge."""
        head = document.head()
        if feeds.likeness(head) > 0:
            return read_posts(document, wishes)
        if text_in(head).lstrip("\ufeff \r\n\t")[:1] in {"{", "["}:
            return read_discourse(document, wishes)
        return _of_page(document, wishes)


def _of_page(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    page = page_in(document)
    any_post = False
    for outcome in FORUM_PAGES.outcomes(page, wishes):
        any_post = True
        yield outcome
    if not any_post:
        raise Damaged(what=sentence("page"), why=sentence("there is no post on it"))
    if page.is_cut:
        yield too_large(page)


READER = ForumReader()
