"""Listens to what people write under the posts of a Facebook page, through the Graph API.

Written after its documentation and never tried on Facebook itself. See README.md.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from urllib.parse import urlencode

from gehoor.channels.base import Arrived, Document, Field, Unreadable, Waiting
from gehoor.channels.fetching.asking import object_in, wait
from gehoor.channels.fetching.fetch import OPEN_WEB, Fence, Fetched, fetch
from gehoor.channels.json_records import canonical, elements, member, text_of
from gehoor.kernel.errors import CannotReach
from gehoor.kernel.ids import content_hash
from gehoor.kernel.language import sentence

ADDRESS = "https://graph.facebook.com"
VERSION = "v23.0"
WHERE = sentence("Facebook")
POSTS_ON_A_PAGE, COMMENTS_ON_A_PAGE = 25, 50
MOST_POSTS, MOST_COMMENTS = 100, 5_000
"""Posts that are looked at in a round, the newest; and comments under one of them."""
LOOK_EVERY = 120.0
REST_WHEN_ASKED_TOO_OFTEN = 300.0
LONGEST_REST = 3_600.0
_COMMENT = "id,message,created_time,from{id,name},parent{id}"
_POST = "id,message,created_time,from{id,name},comments"
_REMEMBERED = 1_000
FIELDS = (
    Field("page", sentence("Number of the page"), help=sentence("It stands on the page under About.")),
    Field(
        "token",
        sentence("Page access token"),
        "secret",
        help=sentence("Of an app with the permissions pages_read_engagement and pages_read_user_content."),
    ),
    Field("rest", sentence("Seconds between two rounds"), "number", default="120", required=False),
)
_TOO_OFTEN = frozenset({4, 17, 32, 613, 80001, 80002, 80006})
_TOKEN = frozenset({102, 190, 463, 467})
_FOR_NOW = frozenset({1, 2})

_Comes = Iterator[Arrived | Unreadable | Waiting]


def unreachable(why: str) -> CannotReach:
    """Facebook as a whole cannot be used; ``why`` is a sentence."""
    return CannotReach(where=WHERE, why=why)


class FacebookInlet:
    """See README.md beside this file."""

    kind = "facebook"
    title = sentence("Facebook page")
    channel = "facebook"
    fields = FIELDS

    def __init__(self, address: str = ADDRESS, fence: Fence = OPEN_WEB) -> None:
        self._address = address
        self._fence = fence

    def check(self, settings: Mapping[str, str]) -> None:
        """Raises :class:`CannotReach` for a number or token that cannot be one."""
        page, token = settings.get("page", "").strip(), settings.get("token", "").strip()
        if not page.isdecimal() or not page.isascii():
            raise unreachable(sentence("the number of the page is missing, or is no number"))
        if not token or not (token.isascii() and token.isprintable()) or " " in token:
            raise unreachable(sentence("the page access token is missing, or holds a sign that it cannot have"))

    def hear(self, settings: Mapping[str, str], cursor: str, goes_on: Callable[[], bool]) -> _Comes:
        """Bring posts and comments that are new. Raises :class:`CannotReach`."""
        self.check(settings)
        page, token = settings.get("page", "").strip(), settings.get("token", "").strip()
        asking = _Asking(f"{self._address}/{VERSION}", self._fence, token, goes_on)
        heard = _heard_in(cursor)
        while goes_on():
            for post in _posts(asking, page):
                for part in _parts(asking, post):
                    yield from _new(part, heard)
            yield Waiting()
            wait(_rest_in(settings), goes_on)


def _posts(asking: "_Asking", page: str) -> Iterator[dict[str, object]]:
    comments = f"comments.limit({COMMENTS_ON_A_PAGE}).filter(stream){{{_COMMENT}}}"
    question = {"fields": _POST.replace("comments", comments), "limit": str(POSTS_ON_A_PAGE)}
    yield from asking.all(f"/{page}/feed", question, MOST_POSTS)


def _parts(asking: "_Asking", post: dict[str, object]) -> Iterator[dict[str, object]]:
    """The post with its first comments, then the other comments, each part as a post that holds them."""
    yield {name: value for name, value in post.items() if name != "comments"} | {
        "comments": {"data": elements(member(post, "comments", "data"))}
    }
    after = text_of(member(post, "comments", "paging", "cursors", "after"))
    if after and member(post, "comments", "paging", "next"):
        number = text_of(post.get("id"))
        question = {"fields": _COMMENT, "filter": "stream", "limit": str(COMMENTS_ON_A_PAGE), "after": after}
        held: list[object] = []
        for comment in asking.all(f"/{number}/comments", question, MOST_COMMENTS):
            held.append(comment)
            if len(held) == COMMENTS_ON_A_PAGE:
                yield {"id": number, "comments": {"data": held}}
                held = []
        if held:
            yield {"id": number, "comments": {"data": held}}


def _new(part: dict[str, object], heard: dict[str, None]) -> Iterator[Arrived]:
    """The part, unless it came before just as it is now."""
    body = canonical({"data": [part]})
    mark = content_hash(body).hex()[:16]
    if mark in heard:
        heard[mark] = heard.pop(mark)
        return
    heard[mark] = None
    while len(heard) > _REMEMBERED:
        heard.pop(next(iter(heard)))
    cursor = json.dumps({"heard": list(heard)})
    yield Arrived(Document("facebook-page.json", len(body), partial(BytesIO, body)), cursor)


def _heard_in(cursor: str) -> dict[str, None]:
    """The marks of the parts that were heard; a cursor that makes no sense remembers nothing."""
    try:
        return dict.fromkeys(str(each) for each in json.loads(cursor)["heard"])
    except (ValueError, TypeError, LookupError):
        return {}


def _rest_in(settings: Mapping[str, str]) -> float:
    given = settings.get("rest", "").strip()
    return min(max(float(given), 1.0), 86_400.0) if given.isdecimal() and len(given) < 7 else LOOK_EVERY


@dataclass(slots=True)
class _Asking:
    """Asks Facebook, and waits when it says that it was asked enough."""

    address: str
    fence: Fence
    token: str
    goes_on: Callable[[], bool]

    def all(self, path: str, question: Mapping[str, str], most: int) -> Iterator[dict[str, object]]:
        """Everything in a list, page after page. The addresses that Facebook gives for those hold the key: they are
        not followed, only the place in them is."""
        asked, count, before = dict(question), 0, ""
        while count < most:
            page = self.ask(path, asked)
            found = [each for each in elements(member(page, "data")) if isinstance(each, dict)]
            yield from found[: most - count]
            count += len(found)
            after = text_of(member(page, "paging", "cursors", "after"))
            if not found or not after or after == before or not member(page, "paging", "next"):
                return
            asked["after"] = before = after

    def ask(self, path: str, question: Mapping[str, str]) -> dict[str, object]:
        """An answer; empty when told to stop. Raises CannotReach."""
        headers = {"authorization": f"Bearer {self.token}"}
        while self.goes_on():
            address = f"{self.address}{path}?{urlencode(question)}"
            answer = fetch(address, self.fence, where=WHERE, headers=headers, goes_on=self.goes_on)
            if answer.status == 200:
                return object_in(answer, WHERE)
            code = _code(answer)
            if code not in _TOO_OFTEN and answer.status != 429:
                raise _refusal(code, answer.status)
            wait(_rest_asked_for(answer), self.goes_on)
        return {}


def _code(answer: Fetched) -> int:
    """The number of Facebook's own error; 0 for none."""
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        return 0
    code = text_of(member(found, "error", "code"))
    return int(code) if code.isdecimal() and len(code) < 10 else 0


def _rest_asked_for(answer: Fetched) -> float:
    """Seconds until it may be asked again, as far as it says: minutes in a header."""
    try:
        usage = json.loads(answer.headers.get("x-business-use-case-usage", ""))
        minutes = [text_of(member(each, "estimated_time_to_regain_access")) for held in usage.values() for each in held]
        asked = 60.0 * max(float(each) for each in minutes if each)
    except (ValueError, TypeError, AttributeError, RecursionError):
        asked = 0.0
    return min(max(asked, REST_WHEN_ASKED_TOO_OFTEN), LONGEST_REST)


def _refusal(code: int, status: int) -> CannotReach:
    if code in _TOKEN or status == 401:
        return unreachable(sentence("its page access token is no longer valid; make a new one"))
    if code == 10 or 200 <= code < 300 or status == 403:
        return unreachable(sentence("the app of this token may not read this page; look at its permissions"))
    if code in _FOR_NOW or status >= 500:
        return unreachable(sentence("it has trouble of its own at the moment"))
    return unreachable(sentence("it does not know this page, or does not understand what was asked"))


INLET = FacebookInlet()
"""The live source of Facebook."""
