"""Listens to forums: to Discourse through its interface, to any other through its feeds.

Written after Discourse's own code and never tried on a forum that runs. See README.md.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from urllib.parse import urlsplit

from gehoor.channels.base import Arrived, Document, Field, Waiting
from gehoor.channels.fetching.asking import object_in, wait
from gehoor.channels.fetching.fetch import Fence, Fetched, fetch
from gehoor.channels.json_records import Members, canonical, elements, member, text_of
from gehoor.channels.pages.page import host_of
from gehoor.channels.pages.polling import FENCE, Comes, addresses_in, check_addresses, listen, rest_in
from gehoor.kernel.errors import CannotReach
from gehoor.kernel.language import sentence

WHERE = sentence("The forum")
EVERY = 300.0
WINDOW = 50
"""Posts by their numbers that Discourse looks through for one answer; in some of them nothing may stand."""
MOST_EMPTY = 20
"""Answers in a row without a post, after which what lies further back is left."""
FIRST_TIME = 1_000
MOST_ANSWERS = 2_000
DISCOURSE, FEED = "discourse", "feed"
_ONLY_HTTPS = sentence("a key is only sent to an address that begins with https://")
FIELDS = (
    Field(
        "address",
        sentence("Address of the forum"),
        help=sentence("Such as https://forum.example.org; for feeds their addresses, with spaces between them."),
    ),
    Field(
        "sort",
        sentence("What it is"),
        default=DISCOURSE,
        choices=((DISCOURSE, sentence("A forum on Discourse")), (FEED, sentence("Feeds of any other forum"))),
    ),
    Field(
        "key",
        sentence("API key"),
        "secret",
        required=False,
        help=sentence("Only for a Discourse that shows nothing without one."),
    ),
    Field("user", sentence("User name of the API key"), required=False),
    Field(
        "back",
        sentence("Posts to begin with"),
        "number",
        default="1000",
        required=False,
        help=sentence("How many numbers of posts to go back the first time."),
    ),
    Field("rest", sentence("Seconds between two rounds"), "number", default="300", required=False),
)


def unreachable(why: str) -> CannotReach:
    """The forum as a whole cannot be used; ``why`` is a sentence."""
    return CannotReach(where=WHERE, why=why)


class ForumInlet:
    """See README.md beside this file."""

    kind = "forum"
    title = sentence("Forum (Discourse or feeds)")
    channel = "forum"
    fields = FIELDS

    def __init__(self, fence: Fence = FENCE) -> None:
        self._fence = fence

    def check(self, settings: Mapping[str, str]) -> None:
        """Raises CannotReach for addresses that can never be asked, and for several forums on Discourse."""
        addresses = addresses_in(settings.get("address", ""))
        check_addresses(settings.get("address", ""), self._fence)
        if settings.get("sort", DISCOURSE) == FEED:
            return
        if len(addresses) > 1:
            raise unreachable(sentence("give one address; add another source for another forum"))
        if _headers(settings) and urlsplit(addresses[0]).scheme != "https" and not self._fence.loopback:
            raise unreachable(_ONLY_HTTPS)

    def hear(self, settings: Mapping[str, str], cursor: str, goes_on: Callable[[], bool]) -> Comes:
        """Bring what is new. Raises CannotReach."""
        addresses = addresses_in(settings.get("address", ""))
        rest = rest_in(settings.get("rest", ""), EVERY)
        if settings.get("sort", DISCOURSE) == FEED:
            yield from listen(addresses, cursor, goes_on, rest, self._fence)
            return
        self.check(settings)
        discourse = _Discourse(addresses[0], self._fence, _headers(settings), _back(settings), goes_on)
        newest = int(cursor) if cursor.isdecimal() and len(cursor) < 16 else 0
        while goes_on():
            for arrived in discourse.round(newest):
                newest = int(arrived.cursor)
                yield arrived
            yield Waiting()
            wait(rest, goes_on)


def _headers(settings: Mapping[str, str]) -> dict[str, str]:
    key, user = settings.get("key", "").strip(), settings.get("user", "").strip()
    return {"api-key": key, "api-username": user or "system"} if key else {}


def _back(settings: Mapping[str, str]) -> int:
    given = settings.get("back", "").strip()
    return int(given) if given.isdecimal() and len(given) < 9 else FIRST_TIME


@dataclass(slots=True)
class _Discourse:
    """One forum. Its answers hold the newest first; so how far was heard moves on with the last of a round only."""

    address: str
    fence: Fence
    headers: Mapping[str, str]
    back: int
    goes_on: Callable[[], bool]

    def round(self, newest: int) -> Iterator[Arrived]:
        """Everything newer than a number, an answer at a time. Raises CannotReach."""
        answers = self._answers(newest)
        before = next(answers, None)
        top = max(map(_number, before), default=newest) if before else newest
        while before is not None:
            following = next(answers, None)
            cursor = str(newest if following is not None else max(top, newest))
            if before:
                yield self._arrived(before, cursor)
            before = following

    def _answers(self, newest: int) -> Iterator[list[Members]]:
        until, below, empty = newest, 0, 0
        for _ in range(MOST_ANSWERS):
            if not self.goes_on():
                return
            posts = self._posts(f"?before={below}" if below else "")
            new = [post for post in posts if _number(post) > until and (not below or _number(post) <= below)]
            if not below and posts:
                until = newest or max(0, max(map(_number, posts)) - self.back)
                new = [post for post in posts if _number(post) > until]
            if new:
                yield new
            empty = 0 if posts else empty + 1
            lowest = min(map(_number, posts), default=below - WINDOW + 1)
            below = min(lowest - 1, below - 1) if below else lowest - 1
            if below <= until or empty >= MOST_EMPTY or (not posts and below <= 0):
                return

    def _posts(self, question: str) -> list[Members]:
        answer = self._ask(f"{self.address.rstrip('/')}/posts.json{question}")
        posts = elements(member(object_in(answer, WHERE), "latest_posts"))
        return [post for post in posts if isinstance(post, dict) and _number(post) > 0]

    def _ask(self, address: str) -> Fetched:
        if self.headers and urlsplit(address).scheme != "https" and not self.fence.loopback:
            raise unreachable(_ONLY_HTTPS)
        answer = fetch(address, self.fence, where=WHERE, headers=self.headers, goes_on=self.goes_on)
        if answer.status == 200:
            return answer
        if answer.status in {401, 403}:
            raise unreachable(sentence("it does not let Gehoor in; give a key, or a right one"))
        if answer.status == 429:
            raise unreachable(sentence("it was asked too often"))
        raise unreachable(sentence("it answers with an error, or is no Discourse"))

    def _arrived(self, posts: list[Members], cursor: str) -> Arrived:
        data = canonical({"site": self.address, "latest_posts": posts})
        name = f"discourse-{host_of(self.address) or 'web'}.json"
        return Arrived(Document(name, len(data), partial(BytesIO, data)), cursor)


def _number(post: Members) -> int:
    told = text_of(post.get("id"))
    return int(told) if told.isdecimal() and len(told) < 16 else 0


INLET = ForumInlet()
