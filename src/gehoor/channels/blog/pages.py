"""Blog pages, saved or out of a web archive."""

from collections.abc import Iterator

from gehoor.channels.base import Outcome, Wishes
from gehoor.channels.blog.article import MAYBE, SIGNS, articles_on
from gehoor.channels.blog.comments import blocks_on, comments_in
from gehoor.channels.blog.telling import CHANNEL, told
from gehoor.channels.pages.page import Page


class BlogPages:
    """Finds articles and the comments below them."""

    def likeness(self, page: Page) -> float:
        """Rather sure of a blog's own marks; less of any page that calls itself an article."""
        if any(each in page.small for each in SIGNS):
            return 0.8
        return 0.6 if MAYBE.search(page.small) else 0.0

    def outcomes(self, page: Page, wishes: Wishes) -> Iterator[Outcome]:
        """Every article and comment. Nothing when there is none; raises Tangled."""
        blocks = blocks_on(page)
        articles = articles_on(page, blocks, any_page=wishes.channel == CHANNEL)
        yield from told(page, articles, comments_in(page, blocks), wishes)


BLOG_PAGES = BlogPages()
