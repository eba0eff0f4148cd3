"""Feeds of a blog: an entry is an article, or a comment where it says what it answers."""

import re
from collections.abc import Iterator

from gehoor.channels.base import Direction, Document, Heard, NothingSaid, Outcome, Wishes
from gehoor.channels.blog.telling import channel_of, is_ours, writer
from gehoor.channels.pages.feeds import Entry, Feed, read_feed
from gehoor.channels.pages.page import host_of, place_of
from gehoor.kernel.language import sentence

EMPTY = sentence("The entry holds no words.")
_COMMENT = re.compile(r"#comment-?(\d+)\Z", re.IGNORECASE)
_BLOGGER_COMMENT = re.compile(r"[?&]showComment=\d+.*#c(\d+)\Z")


def read_entries(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    """Every entry, in order, and what is missing of a feed that is cut off. Raises Damaged, TooLarge."""
    feed = read_feed(document)
    for entry in feed.entries:
        if not entry.text and not entry.title:
            yield NothingSaid(entry.position, entry.original, entry.media_type, EMPTY)
        else:
            yield _heard(entry, feed, wishes)
    yield from feed.missing()


def _heard(entry: Entry, feed: Feed, wishes: Wishes) -> Heard:
    site = host_of(entry.link) or host_of(feed.link)
    numbered = _COMMENT.search(entry.link) or _BLOGGER_COMMENT.search(entry.link)
    article = place_of(entry.answers or entry.link.partition("#")[0])
    native = f"{site}/comment/{numbered[1]}" if numbered else place_of(entry.link) or "".join(entry.key.split())[:500]
    is_comment = bool(numbered) or entry.comment
    ours = is_ours("" if is_comment else site, [entry.author], wishes)
    return Heard(
        channel=channel_of(wishes),
        text=entry.text or entry.title,
        position=entry.position,
        original=entry.original,
        media_type=entry.media_type,
        direction=_direction(ours=ours, is_comment=is_comment),
        said_at=entry.said_at,
        author=entry.author,
        identities=() if is_comment else writer(site, ""),
        adviser=entry.author if ours else "",
        subject=entry.title,
        native_id=native,
        id_is_global=bool(entry.link),
        thread=(article,) if is_comment and article else (),
        conversation=article,
    )


def _direction(*, ours: bool, is_comment: bool) -> Direction:
    if not ours:
        return Direction.FROM_CUSTOMER
    return Direction.TO_CUSTOMER if is_comment else Direction.TO_EVERYONE
