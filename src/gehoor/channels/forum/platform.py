"""A forum's pages, described: where on them stands what. One engine reads them all."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from gehoor.channels.forum.post import Post, Topic
from gehoor.channels.pages.moments import Dating
from gehoor.channels.pages.page import MEDIA_TYPE, Page
from gehoor.channels.pages.tree import Element, first, found, markup_of, outermost, ranked
from gehoor.channels.pages.words import line_of, tidy, words_of
from gehoor.kernel.ids import key_of

_WROTE = re.compile(
    r"\A\W*(?:(?:citaat|quote|originally posted|oorspronkelijk geplaatst|geplaatst|posted|quote from|citaat van)\b\W*"
    r"(?:door|by|van|from)?\W*)?(.{1,60}?)\s*(?:\b(?:schreef|wrote|zei|said|op|on)\b.*|[:↑»].*)?\Z",
    re.IGNORECASE | re.DOTALL,
)
_RULE = re.compile(r"\A[_\-=]{5,}\s*")
_FURTHER = re.compile(
    r"[?&;](?:start|page|st)=(?!0\b|1\b)\d+|/page-?(?!1\b)\d+|/page(?!1\b)\d+|topic=\d+\.(?!0\b|msg|new)\d+|&p=\d+",
    re.I,
)
_PLACE = re.compile(r"#\s*(\d{1,7})\b")


@dataclass(frozen=True, slots=True)
class Platform:
    """Where on a page of this forum stands what: paths from the page (``posts``, ``title``) or from one post.

    ``hint`` and ``sign`` are what tells such a page, in its markup in small letters; ``number`` finds the post's id in
    what ``marks`` leads to; ``topic`` finds the id of the topic in an address. Of ``title``, ``author``, ``moment`` and
    ``quoter`` the first part that leads to anything counts. What ``guest`` leads to shows that somebody has no account.
    """

    name: str
    hint: str
    sign: re.Pattern[str]
    posts: str
    marks: str
    number: re.Pattern[str]
    topic: re.Pattern[str]
    title: str
    author: str
    moment: str
    body: str
    quote: str
    quoter: str
    signature: str = ""
    place: str = ""
    guest: str = ""
    furniture: str = ""
    answers: str = ""

    def is_on(self, page: Page) -> bool:
        """Whether a page is one of this forum with posts on it."""
        return self.hint in page.small and self.sign.search(page.small) is not None


def topic_on(page: Page, platform: Platform) -> Topic | None:
    """The posts on a page; None when there are none. Raises Tangled."""
    elements = outermost(found(page.tree, platform.posts))
    if not elements:
        return None
    shown = [_moments(each, platform) for each in elements]
    dating = page.dating(list(chain.from_iterable(shown)))
    key = _topic_key(page, platform)
    further = _FURTHER.search(page.address) is not None
    posts = tuple(
        _post(each, platform, dating, moments, ordinal, further=further)
        for ordinal, (each, moments) in enumerate(zip(elements, shown, strict=True), start=1)
    )
    title = line_of(next(ranked(page.tree, platform.title), None)) or page.titled()
    begun_by = posts[0].account if posts[0].begins else ""
    return Topic(page.site, key, title[:500], posts, begun_by)


def _topic_key(page: Page, platform: Platform) -> str:
    links = (str(each) for each in found(page.tree, "//a/@href"))
    for address in chain((page.address,), links):
        if named := platform.topic.search(address):
            return f"{page.site}/topic/{next(filter(None, named.groups()))}"
    return f"{page.site}/topic/{key_of([page.titled()]).hex()[:16]}"


def _moments(post: Element, platform: Platform) -> list[str]:
    return [told for each in ranked(post, platform.moment) if (told := _told(each))]


def _told(what: Element) -> str:
    return " ".join(what.split()) if isinstance(what, str) else line_of(what)


def _post(
    post: Element, platform: Platform, dating: Dating, moments: Sequence[str], ordinal: int, *, further: bool
) -> Post:
    number = next((m[1] for each in found(post, platform.marks) if (m := platform.number.search(str(each)))), "")
    author = next((told for each in ranked(post, platform.author) if (told := _told(each))), "")
    bodies = outermost(found(post, platform.body))
    quotes = outermost(chain.from_iterable(found(each, platform.quote) for each in bodies))
    signatures = outermost(found(post, platform.signature))
    furniture = found(post, platform.furniture)
    left_out = {*quotes, *signatures, *furniture}
    place = _PLACE.search(" ".join(_told(each) for each in found(post, platform.place)))
    return Post(
        number=number,
        author=author[:300],
        account="" if platform.guest and first(post, platform.guest) is not None else author,
        said_at=next((at for told in moments if (at := dating(told))), None),
        text=tidy("\n\n".join(words_of(each, left_out) for each in bodies if each not in left_out)),
        quoted=tidy("\n\n".join(words_of(each) for each in quotes)),
        signature=tidy("\n".join(_RULE.sub("", words_of(each)) for each in signatures)),
        original=markup_of(post),
        media_type=MEDIA_TYPE,
        position=number or str(ordinal),
        quotes=tuple(dict.fromkeys(filter(None, (_quoter(each, platform) for each in quotes)))),
        answers=_answers(quotes, platform),
        begins=(place[1] == "1") if place else ordinal == 1 and not further,
    )


def _quoter(quote: Element, platform: Platform) -> str:
    told = next((told for each in ranked(quote, platform.quoter) if (told := _told(each))), "")
    named = _WROTE.match(told)
    return (named[1] if named else told).strip().rstrip(":").strip()


def _answers(quotes: Sequence[Element], platform: Platform) -> tuple[str, ...]:
    """The ids of the posts that are quoted, where the quotes point to them."""
    links = (str(each) for quote in quotes for each in found(quote, platform.answers))
    numbers = (m[1] for each in links if (m := re.search(r"(?:#?post[-_ :]?\s*|[?&#;]p=?|#msg|msg=?)(\d+)", each)))
    return tuple(dict.fromkeys(numbers))
