"""Articles and comments to what was heard: who speaks, whom one of ours answers, and by what each is known again."""

import re
from collections.abc import Iterator, Sequence

from gehoor.channels.base import Direction, Heard, Identity, NothingSaid, Outcome, Wishes
from gehoor.channels.blog.article import Article
from gehoor.channels.blog.comments import Comment
from gehoor.channels.pages.handles import handle_on, is_our_name
from gehoor.channels.pages.page import MEDIA_TYPE, Page
from gehoor.kernel.ids import key_of
from gehoor.kernel.language import sentence

CHANNEL = "blog"
_OTHERS = frozenset({"", "web_archive", "forum"})
LINK = sentence("Another site links to the article.")
EMPTY = sentence("The comment holds no words.")
_PERSONAL = re.compile(
    r"[\w-]+\.(?:blogspot\.[a-z.]{2,6}|wordpress\.com|web-log\.nl|tumblr\.com|livejournal\.com|blogse\.nl|punt\.nl|"
    r"weblog\.nl|typepad\.com|substack\.com|bearblog\.dev|micro\.blog)"
)


def channel_of(wishes: Wishes) -> str:
    """The channel of an article or comment."""
    return CHANNEL if wishes.channel in _OTHERS else wishes.channel


def is_ours(site: str, names: Sequence[str], wishes: Wishes) -> bool:
    """Whether a site or one of these names on it is the organisation's own."""
    if site and wishes.is_own(Identity("email", f"blog@{site}")):
        return True
    return any(is_our_name(site, name, wishes) for name in names)


def writer(site: str, login: str, profile: str = "") -> tuple[Identity, ...]:
    """What points to who writes a blog: the blog itself where it is one person's, else the name on the site; and who it
    is at Blogger."""
    there = (Identity("handle", profile, "blogger"),) if profile else ()
    if _PERSONAL.fullmatch(site):
        return (Identity("handle", site, CHANNEL), *there)
    return (*handle_on(CHANNEL, site, login), *there)


def told(page: Page, articles: Sequence[Article], comments: Sequence[Comment], wishes: Wishes) -> Iterator[Outcome]:
    """Everything on a page, the articles first."""
    for place, article in enumerate(articles, start=1):
        yield _article(page, article, place, wishes)
    yield from _Below(page, articles[0] if articles else None, comments, wishes).outcomes()


def _article(page: Page, article: Article, place: int, wishes: Wishes) -> Heard:
    ours = is_ours(page.site, [article.login, article.author], wishes)
    return Heard(
        channel=channel_of(wishes),
        text=article.text,
        position=article.place or page.name if place == 1 else article.place or f"{page.name}:{place}",
        original=article.original,
        media_type=MEDIA_TYPE,
        direction=Direction.TO_EVERYONE if ours else Direction.FROM_CUSTOMER,
        said_at=article.said_at,
        author=article.author,
        identities=writer(page.site, article.login, article.profile),
        subject=article.title,
        native_id=article.place,
        conversation=article.place,
    )


class _Below:
    """The comments of one page."""

    def __init__(self, page: Page, article: Article | None, comments: Sequence[Comment], wishes: Wishes) -> None:
        self._page = page
        self._article = article
        self._comments = comments
        self._wishes = wishes
        self._root = article.place if article else ""
        self._blog_is_ours = is_ours(page.site, [], wishes)
        self._times: dict[bytes, int] = {}
        self._last = -1

    def outcomes(self) -> Iterator[Outcome]:
        """One for each."""
        natives = [self._native(each) for each in self._comments]
        for place, comment in enumerate(self._comments):
            position = comment.number or f"{self._page.name}:{place + 1}"
            if comment.is_link or not comment.text:
                reason = LINK if comment.is_link else EMPTY
                yield NothingSaid(position, comment.original, MEDIA_TYPE, reason)
                continue
            yield self._heard(place, comment, natives, position)

    def _heard(self, place: int, comment: Comment, natives: Sequence[str], position: str) -> Heard:
        ours = self._is_ours(comment)
        answered = comment.parent if comment.parent >= 0 else self._last if ours else -1
        to = self._identities(self._comments[answered]) if ours and answered >= 0 else ()
        if ours and answered < 0 and self._article is not None and not self._is_our_article():
            to = writer(self._page.site, self._article.login)
        thread = (natives[answered],) if answered >= 0 else (self._root,) if self._root else ()
        if not ours:
            self._last = place
        return Heard(
            channel=channel_of(self._wishes),
            text=comment.text,
            position=position,
            original=comment.original,
            media_type=MEDIA_TYPE,
            direction=self._direction(ours=ours, answered=answered),
            said_at=comment.said_at,
            author=comment.author,
            identities=self._identities(comment),
            recipients=to,
            adviser=comment.author if ours else "",
            subject=self._article.title if self._article else "",
            native_id=natives[place],
            id_is_global=bool(self._page.site),
            thread=tuple(each for each in thread if each),
            conversation=self._root,
        )

    def _direction(self, *, ours: bool, answered: int) -> Direction:
        if not ours:
            return Direction.FROM_CUSTOMER
        to_one = answered >= 0 or (self._article is not None and not self._is_our_article())
        return Direction.TO_CUSTOMER if to_one else Direction.TO_EVERYONE

    def _is_our_article(self) -> bool:
        article = self._article
        return article is not None and is_ours(self._page.site, [article.login, article.author], self._wishes)

    def _is_ours(self, comment: Comment) -> bool:
        if self._blog_is_ours and comment.by_author:
            return True
        return any(is_our_name(self._page.site, name, self._wishes) for name in (comment.login, comment.author))

    def _identities(self, comment: Comment) -> tuple[Identity, ...]:
        """A bare name is no identity; an account is."""
        if comment.by_author and self._article is not None:
            return writer(self._page.site, self._article.login or comment.login, comment.profile)
        if comment.profile:
            return (Identity("handle", comment.profile, "blogger"),)
        return handle_on(CHANNEL, self._page.site, comment.login)

    def _native(self, comment: Comment) -> str:
        """Its number on the site; without one, its place: the page, what it says, and the how manieth of these."""
        if comment.number:
            return f"{self._page.site}/comment/{comment.number}"
        said_at = comment.said_at.isoformat() if comment.said_at else ""
        what = key_of(["comment", self._root, comment.author, said_at, comment.text])
        self._times[what] = self._times.get(what, 0) + 1
        return f"{self._page.site}/comment/{key_of([what, self._times[what]]).hex()[:32]}"
