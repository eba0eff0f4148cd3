"""Listens to blogs through their feeds, which are asked again and again for what changed. See README.md."""

from collections.abc import Callable, Mapping

from gehoor.channels.base import Field
from gehoor.channels.fetching.fetch import Fence
from gehoor.channels.pages.polling import FENCE, Comes, addresses_in, check_addresses, listen, rest_in
from gehoor.kernel.language import sentence

EVERY = 1_800.0
"""Seconds between two rounds; most feeds change once a day."""
FIELDS = (
    Field(
        "feeds",
        sentence("Addresses of the blogs"),
        help=sentence("Of their feeds, or of the blogs themselves; with spaces or commas between them."),
    ),
    Field("rest", sentence("Seconds between two rounds"), "number", default="1800", required=False),
)


class BlogInlet:
    """See README.md beside this file."""

    kind = "blog_feeds"
    title = sentence("Blogs (feeds)")
    channel = "blog"
    fields = FIELDS

    def __init__(self, fence: Fence = FENCE) -> None:
        self._fence = fence

    def check(self, settings: Mapping[str, str]) -> None:
        """Raises CannotReach for addresses that can never be asked."""
        check_addresses(settings.get("feeds", ""), self._fence)

    def hear(self, settings: Mapping[str, str], cursor: str, goes_on: Callable[[], bool]) -> Comes:
        """Bring every feed that changed. Raises CannotReach when one of them cannot be had, after the others."""
        addresses = addresses_in(settings.get("feeds", ""))
        yield from listen(addresses, cursor, goes_on, rest_in(settings.get("rest", ""), EVERY), self._fence)


INLET = BlogInlet()
