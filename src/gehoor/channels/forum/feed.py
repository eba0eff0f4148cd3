"""Feeds of a forum: an entry is a post; entries of one topic hang together."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from gehoor.channels.base import Document, Outcome, Unreadable, Wishes
from gehoor.channels.forum.post import Post, Topic
from gehoor.channels.forum.telling import Telling
from gehoor.channels.pages.errors import Tangled
from gehoor.channels.pages.feeds import Entry, parts_of, read_feed
from gehoor.channels.pages.page import host_of, place_of
from gehoor.channels.pages.tree import found, outermost
from gehoor.channels.pages.words import line_of, tidy, words_of

_NUMBER = re.compile(r"(?:#(?:p|post[-_]?|msg)|[?&;]p=|/posts?/|\.msg)(\d+)", re.IGNORECASE)
_TOPIC = re.compile(
    r"viewtopic\.php\?(?:[^#]*[&;])?t=(\d+)|showthread\.php\?(?:[^#]*[&;])?(?:t=)?(\d+)|/threads?/(?:[^/#]*\.)?(\d+)"
    r"|topic[=,](\d+)|/t/(?:[^/]+/)?(\d+)", re.IGNORECASE
)  # fmt: skip
_OF_FORUM = re.compile(
    r"viewtopic\.php|showthread\.php|/threads?/[^/]*\d|[?;]topic=\d|/t/[^/]+/\d|/viewforum\.php", re.IGNORECASE
)
_REPLY = re.compile(r"(?:\A|[•:]\s)(?:re|antw|aw)\s*:", re.IGNORECASE)
_BEFORE = re.compile(r"\A(?:.{1,100}\s•\s)?(?:(?:re|antw|aw)\s*:\s*)*", re.IGNORECASE)
_STATISTICS = re.compile(
    r"(?:\A|\n)\s*(?:Statistics|Statistieken|Statistiek)\s?:\s.{1,300}\Z", re.DOTALL | re.IGNORECASE
)
_FURTHER = re.compile(
    r"\n*(?:Read full topic|Lees het volledige topic|\d+ posts? - \d+ participants?)\s*\Z", re.IGNORECASE
)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def looks_like_forum(text: str) -> bool:
    """Whether the entries of a feed, of which this is the beginning, are posts on a forum."""
    links = re.findall(r"<(?:link|guid|id)\b[^>]{0,300}>([^<]{0,300})|<link\b[^>]{0,200}\bhref=\"([^\"]{1,300})", text)
    told = [a or b for a, b in links if (a or b).strip().startswith("http")]
    return any(map(_OF_FORUM.search, told))


def read_posts(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    """Every entry as a post, oldest first, and what is missing of a feed that is cut off. Raises Damaged, TooLarge."""
    feed = read_feed(document)
    topics: dict[str, list[Entry]] = {}
    for entry in feed.entries:
        topics.setdefault(_topic_of(entry), []).append(entry)
    for key, entries in topics.items():
        posts: list[Post] = []
        for entry in sorted(entries, key=lambda each: each.said_at or _LONG_AGO):
            try:
                posts.append(_post(entry))
            except Tangled as error:
                yield Unreadable(entry.position, entry.original, entry.media_type, error)
        site = host_of(entries[0].link) or host_of(feed.link)
        title = _BEFORE.sub("", entries[0].title)
        begun_by = next((post.account for post in posts if post.begins), "")
        yield from Telling(Topic(site, f"{site}/topic/{key}", title, tuple(posts), begun_by), wishes, "feed").outcomes()
    yield from feed.missing()


def _topic_of(entry: Entry) -> str:
    named = _TOPIC.search(entry.link)
    if named:
        return str(next(filter(None, named.groups())))
    if not entry.title:
        return place_of(entry.link) or entry.key
    return f"called {_BEFORE.sub('', entry.title).casefold()}"


def _post(entry: Entry) -> Post:
    tree = parts_of(entry.markup)
    quotes = outermost(found(tree, "//blockquote | //aside[.quote]"))
    text = words_of(tree, set(quotes)) if entry.markup else entry.text
    numbered = _NUMBER.search(entry.link) or _NUMBER.search(entry.key)
    return Post(
        number=numbered[1] if numbered else f"feed/{place_of(entry.link) or ''.join(entry.key.split())[:400]}",
        author=entry.author,
        account=entry.author,
        said_at=entry.said_at,
        text=tidy(_FURTHER.sub("", _FURTHER.sub("", _STATISTICS.sub("", text)))),
        quoted=tidy("\n\n".join(words_of(each) for each in quotes)),
        signature="",
        original=entry.original,
        media_type=entry.media_type,
        position=entry.position,
        quotes=tuple(filter(None, (_named(line_of(each)) for quote in quotes for each in found(quote, ".//cite")))),
        begins=" • " in entry.title and not _REPLY.search(entry.title),
    )


def _named(told: str) -> str:
    return re.split(r"\s+(?:schreef|wrote)\b|:", told)[0].strip()
