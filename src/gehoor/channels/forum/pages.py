"""Forum pages, saved or out of a web archive."""

from collections.abc import Iterator

from gehoor.channels.base import Outcome, Wishes
from gehoor.channels.forum.platform import topic_on
from gehoor.channels.forum.platforms import PLATFORMS
from gehoor.channels.forum.telling import Telling
from gehoor.channels.pages.page import Page


class ForumPages:
    """Finds the posts on a page, whichever of the known forums it is of."""

    def likeness(self, page: Page) -> float:
        """Sure when the markup is that of one of them."""
        return 0.95 if any(each.is_on(page) for each in PLATFORMS) else 0.0

    def outcomes(self, page: Page, wishes: Wishes) -> Iterator[Outcome]:
        """Every post. Nothing when there is none after all; raises Tangled."""
        for platform in PLATFORMS:
            topic = topic_on(page, platform) if platform.is_on(page) else None
            if topic is not None:
                yield from Telling(topic, wishes, platform.name).outcomes()
                return


FORUM_PAGES = ForumPages()
