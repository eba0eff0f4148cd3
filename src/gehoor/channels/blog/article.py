"""The article of a page, without the furniture around it.

Where a blog's own markup names the body, that is taken; otherwise trafilatura finds it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree
from trafilatura import extract

from gehoor.channels.pages.moments import Dating
from gehoor.channels.pages.page import MEDIA_TYPE, Page, host_of, place_of
from gehoor.channels.pages.tree import Element, found, markup_of, outermost, ranked, tree_of
from gehoor.channels.pages.words import line_of, tidy, words_of

_BODIES = (
    "//*[@itemprop='articleBody'] | //*[.entry-content] | //*[.post-body] | //*[.e-content] | //*[.post-content]"
    " | //*[.article-content] | //*[.article-body] | //*[.entry-body] | //*[.storycontent] | //*[.blog-content]"
)
_FURNITURE = (
    ".//*[.sharedaddy or .jp-relatedposts or .post-share-buttons or .share or .sharing or .post-footer or .entry-meta"
    " or .addtoany_share_save_container or .entry-footer or .post-tags or .tags or .post-meta or .navigation"
    " or .pagination or .related-posts or .related or .wp-block-buttons or .screen-reader-text or .social"
    " or .author-box or .newsletter or .more-link or .edit-link or .comments-link or .advertisement or .toc"
    " or .headerlink] | .//nav | .//aside | .//form"
)
_AROUND = "article | div[.hentry] | div[.post] | div[.h-entry] | li[.post]"
_TITLES = (
    ".//*[.entry-title] | .//*[.post-title] | .//*[.p-name] | .//*[@itemprop='headline'] | .//header//h1 | .//h1"
    " | .//h2"
)
_AUTHORS = (
    ".//*[@rel='author'] | .//*[.author]//*[.fn] | .//*[.post-author]//*[.fn] | .//*[@itemprop='author']//*[@itemprop="
    "'name'] | .//*[@itemprop='author'] | .//*[.p-author] | .//*[.byline]//a | .//*[.author] | .//*[.post-author]"
)
_MOMENTS = (
    ".//time[.published or .entry-date or .post-date]/@datetime | .//*[@itemprop='datePublished']/@content"
    " | .//*[@itemprop='datePublished']/@datetime | .//abbr[.published]/@title | .//header//time/@datetime"
    " | .//*[.dt-published]/@datetime | .//time/@datetime | .//*[.entry-date] | .//*[.post-date] | .//*[.published]"
    " | .//*[.post-timestamp] | .//*[.entry-meta] | .//*[.posted-on] | .//*[.date]"
)
_OF_PAGE = (
    "//head/meta[@property='article:published_time']/@content | //head/meta[@itemprop='datePublished']/@content"
    " | //head/meta[@name='date' or @name='DC.date' or @name='dcterms.created']/@content"
)
_DATE_ABOVE = "preceding::*[.date-header][1] | ancestor::*[.date-outer][1]//*[.date-header]"
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_BY = re.compile(r"\A\s*(?:door|by|posted by|geplaatst door|auteur|author)\s*:?\s+", re.IGNORECASE)
_LOGIN = re.compile(r"/author/([\w.-]{1,60})/?\Z")
_PROFILE = re.compile(r"//(?:www\.)?blogger\.com/profile/(\d{5,25})")
_FEWEST_WORDS = 3
SIGNS = (
    "entry-content", "post-body", "post-content", "e-content", "article-body", "article-content", "storycontent",
    "articlebody", "blogposting", "hentry", "h-entry",
)  # fmt: skip
"""What a blog calls its parts, in small letters."""
MAYBE = re.compile(r"<article\b|\"og:type\"\s+content=\"article\"|\"@type\"\s*:\s*\"\w*article\"")


@dataclass(frozen=True, slots=True)
class Article:
    """One article. ``place`` is where it stands; ``login`` its author's name on the site, ``profile`` the number of its
    author at Blogger, "" where that is not told."""

    place: str
    title: str
    author: str
    login: str
    said_at: datetime | None
    text: str
    profile: str
    original: bytes


def articles_on(page: Page, comments: Sequence[Element], *, any_page: bool = False) -> list[Article]:
    """Every article on a page, in order. ``any_page``: of one that shows no sign of a blog too. Raises Tangled."""
    bodies = _bodies(page, comments)
    if not bodies:
        whole = _by_trafilatura(page, comments) if any_page or MAYBE.search(page.small) else None
        return [whole] if whole is not None else []
    dating = _dating(page, bodies)
    made = [_of_body(page, body, dating, alone=len(bodies) == 1) for body in bodies]
    return [each for each in made if len(each.text.split()) >= _FEWEST_WORDS]


def _bodies(page: Page, comments: Sequence[Element]) -> list[Element]:
    inside = set(comments)
    for part in _BODIES.split(" | "):
        each = [body for body in outermost(found(page.tree, part)) if not _is_within(body, inside)]
        if any(len(words_of(body).split()) >= _FEWEST_WORDS for body in each):
            return each
    return []


def _is_within(element: Element, others: set[Element]) -> bool:
    return element in others or any(each in others for each in element.iterancestors())


def _dating(page: Page, bodies: Sequence[Element]) -> Dating:
    shown = (str(_told(each)) for body in bodies for each in ranked(_around(body), _MOMENTS))
    return page.dating([told for told, _ in zip(shown, range(200), strict=False)])


def _around(body: Element) -> Element:
    """The whole of the article whose body this is."""
    for path in _AROUND.split(" | "):
        if (outer := found(body, f"ancestor::{path}")) is not None and len(outer):
            return outer[-1]
    return body.getroottree().getroot()


def _told(what: Element) -> str:
    return " ".join(what.split()) if isinstance(what, str) else line_of(what)


def _of_body(page: Page, body: Element, dating: Dating, *, alone: bool) -> Article:
    around = _around(body)
    within = body.getroottree().getroot() if alone else around
    titles = [each for each in ranked(around, _TITLES) if not _is_within(each, {body})]
    titled = titles[0] if titles else None
    links = found(titled, "@href | .//a/@href | ancestor::a/@href") if titled is not None else ()
    own = next((page.whole(str(link)) for link in links), "")
    names = [each for each in ranked(around, _AUTHORS) if not _is_within(each, {body})]
    name = _BY.sub("", line_of(names[0])) if names else _meta_author(page) if alone else ""
    links = [str(each) for each in found(names[0], "@href | .//@href")] if names else []
    return Article(
        place=place_of(page.address if alone or not own else own) or place_of(own),
        title=(line_of(titled) or (page.titled() if alone else ""))[:500],
        author=name[:300],
        login=next((m[1] for each in links if (m := _LOGIN.search(each))), ""),
        said_at=_moment(page, around, body, within, dating, alone=alone),
        text=_text(body),
        profile=next((m[1] for each in links if (m := _PROFILE.search(each))), ""),
        original=page.raw if alone else markup_of(around),
    )


def _text(body: Element) -> str:
    return words_of(body, set(found(body, _FURNITURE)) - {body})


def _meta_author(page: Page) -> str:
    named = found(page.tree, "//head/meta[@name='author' or @property='article:author']/@content")
    told = next((str(each) for each in named if not str(each).startswith("http")), "")
    return " ".join(told.split())


def _moment(
    page: Page, around: Element, body: Element, within: Element, dating: Dating, *, alone: bool
) -> datetime | None:
    near = (each for each in ranked(around, _MOMENTS) if isinstance(each, str) or not _is_within(each, {body}))
    for told in _moments(page, near, within, body, alone=alone):
        if (at := dating(told)) is not None:
            return at
    return None


def _moments(page: Page, near: Iterator[Element], within: Element, body: Element, *, alone: bool) -> Iterator[str]:
    """Everything that may tell when it was written, the surest first."""
    if alone:
        yield from map(str, ranked(within, _OF_PAGE))
    yield from (_told(each)[:200] for each in near)
    yield from (line_of(each) for each in ranked(body, _DATE_ABOVE))
    if alone and (dated := _JSON_DATE.search(page.text)):
        yield dated[1]


def _by_trafilatura(page: Page, comments: Sequence[Element]) -> Article | None:
    """Where no markup names the body. Takes a tree of its own, since it changes what it is given."""
    bare = tree_of(page.text)
    for path in {page.tree.getroottree().getpath(each) for each in comments}:
        for each in bare.getroottree().xpath(path):
            each.set("class", "gehoor-comment")
    for each in found(bare, "//*[.gehoor-comment]"):
        each.clear()
    try:
        told = extract(bare, include_comments=False, include_tables=True, favor_recall=True)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        told = None
    text = tidy(told or "")
    if len(text.split()) < _FEWEST_WORDS:
        return None
    root = page.tree
    dating = page.dating([])
    dates = _moments(page, ranked(root, _MOMENTS), root, root, alone=True)
    moment = next((at for told in dates if (at := dating(told))), None)
    titles = (line_of(each) for each in ranked(root, ".//article//h1 | .//h1"))
    title = next(filter(None, titles), "") or page.titled()
    return Article(place_of(page.address), title[:500], _meta_author(page)[:300], "", moment, text, "", page.raw)


__all__ = ["MAYBE", "MEDIA_TYPE", "SIGNS", "Article", "articles_on", "host_of"]
