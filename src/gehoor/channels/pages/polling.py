"""Asks feeds for what is new, again and again: only what changed comes over the line."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from io import BytesIO
from urllib.parse import urljoin

from gehoor.channels.base import Arrived, Document, Unreadable, Waiting
from gehoor.channels.fetching.addresses import check_address
from gehoor.channels.fetching.asking import wait
from gehoor.channels.fetching.fetch import Fence, Fetched, Known, fetch
from gehoor.channels.pages import feeds
from gehoor.channels.pages.decoding import text_in
from gehoor.channels.pages.page import host_of
from gehoor.kernel.errors import CannotReach
from gehoor.kernel.language import sentence

WHERE = sentence("A feed")
MOST_FEEDS = 200
SHORTEST_REST, LONGEST_REST = 1.0, 86_400.0
FENCE = Fence(http=True)
"""Feeds are public, and old blogs have no https."""
_OFFERED = re.compile(r"<link\b[^>]{0,500}>", re.IGNORECASE)
_OF_FEED = re.compile(r"application/(?:rss|atom)\+xml|application/feed\+json", re.IGNORECASE)
_LEADS_TO = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]{1,1000})", re.IGNORECASE)
_HEAD = 100_000

Comes = Iterator[Arrived | Unreadable | Waiting]


def addresses_in(setting: str) -> list[str]:
    """The addresses that somebody filled in, with spaces, commas or lines between them. Raises CannotReach."""
    given = list(dict.fromkeys(each for each in re.split(r"[\s,]+", setting.strip()) if each))
    if not given:
        raise CannotReach(where=WHERE, why=sentence("no address was given"))
    if len(given) > MOST_FEEDS:
        raise CannotReach(where=WHERE, why=sentence("more than 200 addresses were given; divide them over sources"))
    return [each if "://" in each else f"https://{each}" for each in given]


def check_addresses(setting: str, fence: Fence = FENCE) -> None:
    """Pass, or raise CannotReach for addresses that can never be asked; nobody is asked now."""
    for address in addresses_in(setting):
        check_address(address, WHERE, http=fence.http, loopback=fence.loopback)


def rest_in(setting: str, default: float) -> float:
    """Seconds between two rounds."""
    given = setting.strip()
    seconds = float(given) if given.isdecimal() and len(given) < 7 else default
    return min(max(seconds, SHORTEST_REST), LONGEST_REST)


@dataclass(slots=True)
class Marks:
    """What each address said of itself the last time: its marks of change, and the feed that a page pointed to."""

    known: dict[str, Known] = field(default_factory=dict)
    feeds: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, cursor: str) -> "Marks":
        """From a cursor; one that makes no sense begins anew."""
        try:
            kept = json.loads(cursor)
            known = {str(address): Known(str(marks[0]), str(marks[1])) for address, marks in kept["known"].items()}
            return cls(known, {str(page): str(feed) for page, feed in kept["feeds"].items()})
        except (ValueError, TypeError, LookupError, AttributeError):
            return cls()

    def cursor(self) -> str:
        """As text."""
        known = {address: [marks.etag, marks.last_modified] for address, marks in self.known.items()}
        return json.dumps({"known": known, "feeds": self.feeds})


def listen(
    addresses: Sequence[str], cursor: str, goes_on: Callable[[], bool], rest: float, fence: Fence = FENCE
) -> Comes:
    """Bring every feed that changed, round after round. One that cannot be had stops no other: CannotReach is raised
    when all of a round were asked."""
    marks = Marks.of(cursor)
    while goes_on():
        trouble: CannotReach | None = None
        for address in addresses:
            if not goes_on():
                return
            try:
                yield from _changed(address, marks, fence, goes_on)
            except CannotReach as error:
                trouble = trouble or error
        if trouble is not None:
            raise trouble
        yield Waiting()
        wait(rest, goes_on)


def _changed(address: str, marks: Marks, fence: Fence, goes_on: Callable[[], bool]) -> Iterator[Arrived]:
    """The feed, if it changed. One that is cut off is brought, and asked for in whole the next time."""
    place = marks.feeds.get(address, address)
    answer = _asked(place, marks, fence, goes_on)
    if answer.status == 200 and not feeds.likeness(answer.body) and (offered := _offered(answer)):
        place = marks.feeds[address] = offered
        answer = _asked(place, marks, fence, goes_on)
    if answer.is_unchanged:
        return
    if answer.status != 200:
        raise _refusal(answer.status)
    if not feeds.likeness(answer.body):
        raise CannotReach(where=WHERE, why=sentence("there is no feed at its address"))
    if feeds.is_whole(answer.body):
        marks.known[place] = answer.known
    else:
        marks.known.pop(place, None)
    suffix = "json" if answer.body.lstrip()[:1] == b"{" else "xml"
    name = f"feed-{host_of(address) or 'web'}.{suffix}"
    yield Arrived(Document(name, len(answer.body), partial(BytesIO, answer.body)), marks.cursor())


def _asked(place: str, marks: Marks, fence: Fence, goes_on: Callable[[], bool]) -> Fetched:
    return fetch(place, fence, where=WHERE, known=marks.known.get(place), goes_on=goes_on)


def _offered(answer: Fetched) -> str:
    """The feed that a page points to, "" for none."""
    for link in _OFFERED.finditer(text_in(answer.body[:_HEAD], answer.headers.get("content-type", ""))):
        leads = _LEADS_TO.search(link[0])
        if leads and _OF_FEED.search(link[0]):
            try:
                return urljoin(answer.address, unescape(leads[1]))
            except ValueError:
                continue
    return ""


def _refusal(status: int) -> CannotReach:
    whys: Mapping[int, str] = {
        401: sentence("it asks for a name and password"),
        403: sentence("it does not let Gehoor in"),
        404: sentence("there is nothing at its address any more"),
        410: sentence("there is nothing at its address any more"),
        429: sentence("it was asked too often"),
    }
    return CannotReach(where=WHERE, why=whys.get(status, sentence("it answers with an error")))
