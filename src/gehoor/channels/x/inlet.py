"""Listens to X through its interface (version 2): posts that a search finds, and posts that mention us.

Written after its documentation and never tried on X itself. See README.md.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from urllib.parse import quote, urlencode

from gehoor.channels.base import Arrived, Document, Field, Unreadable, Waiting
from gehoor.channels.fetching.asking import object_in, wait
from gehoor.channels.fetching.fetch import OPEN_WEB, Fence, Fetched, fetch
from gehoor.channels.json_records import elements, member, text_of
from gehoor.kernel.errors import CannotReach
from gehoor.kernel.language import sentence

ADDRESS = "https://api.x.com"
WHERE = sentence("X")
ON_A_PAGE = 100
LOOK_EVERY = 60.0
"""Seconds between two rounds; X counts questions, so a subscription with few of them needs a longer rest."""
LONGEST_REST = 900.0
"""X counts in stretches of a quarter of an hour."""
MOST_PAGES = 50
"""Pages of one round; older posts than they hold are left to a search by hand."""
_FIELDS = {
    "max_results": str(ON_A_PAGE),
    "tweet.fields": "id,text,note_tweet,author_id,created_at,conversation_id,in_reply_to_user_id,referenced_tweets,"
    "edit_history_tweet_ids,lang",
    "expansions": "author_id,in_reply_to_user_id,referenced_tweets.id",
    "user.fields": "id,name,username",
}
FIELDS = (
    Field(
        "token",
        sentence("Bearer token"),
        "secret",
        help=sentence("Of an app in the developer portal of X, with a subscription that may read posts."),
    ),
    Field(
        "handle",
        sentence("Our own handle"),
        required=False,
        help=sentence(
            "Posts that mention it are heard. Add it to Who we are too, so that our own posts are no voices."
        ),
    ),
    Field(
        "query",
        sentence("Search"),
        required=False,
        help=sentence('In the words of X, such as "De Linde" hypotheek -is:retweet lang:nl; of the last seven days.'),
    ),
    Field("rest", sentence("Seconds between two rounds"), "number", default="60", required=False),
)

_Comes = Iterator[Arrived | Unreadable | Waiting]


def unreachable(why: str) -> CannotReach:
    """X as a whole cannot be used; ``why`` is a sentence."""
    return CannotReach(where=WHERE, why=why)


@dataclass(slots=True)
class _Place:
    """How far was heard: for each stream the newest post, and our own number once it was looked up."""

    newest: dict[str, str] = field(default_factory=dict)
    number: str = ""

    @classmethod
    def of(cls, cursor: str) -> "_Place":
        """From a cursor; one that makes no sense begins anew."""
        try:
            kept = json.loads(cursor)
            newest = {str(stream): str(int(post)) for stream, post in kept["newest"].items()}
            return cls(newest, str(int(kept["number"])) if kept["number"] else "")
        except (ValueError, TypeError, LookupError, AttributeError):
            return cls()

    def cursor(self) -> str:
        """As text."""
        return json.dumps({"newest": self.newest, "number": self.number})


class XInlet:
    """See README.md beside this file."""

    kind = "x"
    title = sentence("X (Twitter)")
    channel = "x"
    fields = FIELDS

    def __init__(self, address: str = ADDRESS, fence: Fence = OPEN_WEB) -> None:
        self._address = address
        self._fence = fence

    def check(self, settings: Mapping[str, str]) -> None:
        """Raises :class:`CannotReach` for a token that cannot be one, and when nothing is asked for."""
        _token_in(settings)
        if not any(_wanted(settings)):
            raise unreachable(sentence("give a handle, a search, or both"))

    def hear(self, settings: Mapping[str, str], cursor: str, goes_on: Callable[[], bool]) -> _Comes:
        """Bring what is new, page by page. Raises :class:`CannotReach`."""
        self.check(settings)
        asking = _Asking(self._address, self._fence, _token_in(settings), goes_on)
        handle, query = _wanted(settings)
        place = _Place.of(cursor)
        while goes_on():
            for stream in _streams(asking, place, handle, query):
                yield from _round(asking, place, *stream)
            yield Waiting()
            wait(_rest_in(settings), goes_on)


def _wanted(settings: Mapping[str, str]) -> tuple[str, str]:
    """The handle and the search that are listened to."""
    return settings.get("handle", "").strip().lstrip("@"), settings.get("query", "").strip()


def _token_in(settings: Mapping[str, str]) -> str:
    token = settings.get("token", "").strip()
    if not token or not (token.isascii() and token.isprintable()) or " " in token:
        raise unreachable(sentence("the bearer token is missing, or holds a sign that it cannot have"))
    return token


def _rest_in(settings: Mapping[str, str]) -> float:
    given = settings.get("rest", "").strip()
    return min(max(float(given), 1.0), 86_400.0) if given.isdecimal() and len(given) < 7 else LOOK_EVERY


def _streams(asking: "_Asking", place: _Place, handle: str, query: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Name, path and question of each stream that the settings ask for."""
    if handle:
        if not place.number:
            place.number = asking.number_of(handle)
        if place.number:
            yield "mentions", f"/2/users/{place.number}/mentions", {}
    if query:
        yield "search", "/2/tweets/search/recent", {"query": query}


def _round(asking: "_Asking", place: _Place, stream: str, path: str, question: dict[str, str]) -> _Comes:
    """Every page that is new. X gives the newest first, so how far was heard moves on with the last page only."""
    since, newest, page_after = place.newest.get(stream, ""), "", ""
    for _ in range(MOST_PAGES):
        asked = {**_FIELDS, **question}
        asked |= {"since_id": since} if since else {}
        asked |= {"pagination_token": page_after} if page_after else {}
        answer = asking.ask(path, asked)
        if answer is None:
            return
        if answer.status == 400 and since:
            since = place.newest[stream] = ""
            continue
        page = object_in(answer, WHERE)
        newest = newest or _newest(page)
        page_after = text_of(member(page, "meta", "next_token"))
        if not page_after and newest:
            place.newest[stream] = newest
        if elements(page.get("data")):
            name = f"x-{stream}.json"
            yield Arrived(Document(name, len(answer.body), partial(BytesIO, answer.body)), place.cursor())
        if not page_after:
            return
    place.newest[stream] = newest or since


def _newest(page: Mapping[str, object]) -> str:
    found = text_of(member(page, "meta", "newest_id"))
    return found if found.isdecimal() else ""


class _Asking:
    """Asks X, and waits when it says that it was asked enough."""

    def __init__(self, address: str, fence: Fence, token: str, goes_on: Callable[[], bool]) -> None:
        self._address = address
        self._fence = fence
        self._headers = {"authorization": f"Bearer {token}"}
        self._goes_on = goes_on

    def ask(self, path: str, question: Mapping[str, str]) -> Fetched | None:
        """An answer (200, or 400: the question cannot be answered); None when told to stop. Raises CannotReach."""
        while self._goes_on():
            address = f"{self._address}{path}{'?' + urlencode(question) if question else ''}"
            answer = fetch(address, self._fence, where=WHERE, headers=self._headers, goes_on=self._goes_on)
            if answer.status == 200 or (answer.status == 400 and "since_id" in question):
                return answer
            if answer.status != 429:
                raise _refusal(answer.status)
            wait(_until_reset(answer), self._goes_on)
        return None

    def number_of(self, handle: str) -> str:
        """The number of an account; "" when told to stop. Raises CannotReach."""
        answer = self.ask(f"/2/users/by/username/{quote(handle, safe='')}", {})
        number = text_of(member(object_in(answer, WHERE), "data", "id")) if answer is not None else ""
        if answer is not None and not number.isdecimal():
            raise unreachable(sentence("it knows no account with this handle"))
        return number


def _until_reset(answer: Fetched) -> float:
    """Seconds until X may be asked again: it says at what second of Unix time."""
    given = answer.headers.get("x-rate-limit-reset", "").strip()
    left = float(given) - time.time() + 1 if given.isdecimal() and len(given) < 12 else LOOK_EVERY
    return min(max(left, 1.0), LONGEST_REST)


def _refusal(status: int) -> CannotReach:
    reasons = {
        400: sentence("it does not understand the search; try it on X itself first"),
        401: sentence("it does not take the bearer token"),
        402: sentence("its subscription has no posts left to read"),
        403: sentence("the app of this token may not read this; look at its subscription"),
        404: sentence("it does not know what was asked for"),
    }
    return unreachable(reasons.get(status, sentence("it has trouble of its own at the moment")))


INLET = XInlet()
"""The live source of X."""
