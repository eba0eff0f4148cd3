"""What Discourse answers and exports as JSON: a topic, the latest posts, a list of posts.

A post is known by its id and the moment it was made: together the same in every answer and every export, whether or not
the forum's name is in it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from gehoor.channels.base import Document, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.forum.post import Post, Topic
from gehoor.channels.forum.telling import Telling
from gehoor.channels.json_records import MEDIA_TYPE, Record, Value, canonical, member, records, text_of
from gehoor.channels.pages.errors import Tangled
from gehoor.channels.pages.feeds import parts_of
from gehoor.channels.pages.moments import Dating
from gehoor.channels.pages.page import host_of
from gehoor.channels.pages.tree import Element, found, outermost
from gehoor.channels.pages.words import tidy, words_of
from gehoor.kernel.errors import Damaged
from gehoor.kernel.language import sentence

SYSTEM = sentence("The forum itself says what was done with the topic.")
WHISPER = sentence("It is a whisper of moderators among themselves.")
DELETED = sentence("The post was taken back.")
_POSTS = frozenset({"post_stream.posts[]", "latest_posts[]", "posts[]", "[]", ""})
_SIGNS = re.compile(r'"(?:cooked|raw)"\s*:')
_OF_TOPIC = re.compile(r'"(?:topic_id|topic_slug|post_stream|post_number)"\s*:')
_QUOTE = re.compile(r"\[quote=\"?([^\],\"]{1,100})[^\]]{0,200}\](.*?)\[/quote\]\s*", re.DOTALL | re.IGNORECASE)
_DEEPEST_QUOTES = 20
_REGULAR, _ACTION, _SMALL, _WHISPER = 1, 2, 3, 4
_TOGETHER = 200
"""Posts of one topic that are held at once, to see who answers whom."""


@dataclass(slots=True)
class _About:
    """What the document says of its topic and forum."""

    site: str = ""
    title: str = ""
    begun_by: str = ""


def looks_like(text: str) -> bool:
    """Whether these are the first signs of such a document."""
    return bool(_SIGNS.search(text) and _OF_TOPIC.search(text))


def read_discourse(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    """Every post in it, in order. Raises Damaged when there is none."""
    about = _about(document)
    any_post = False
    for key, group in groupby(_of_posts(document), key=_topic_of):
        held: list[Record] = []
        for record in group:
            any_post = True
            if record.error is not None:
                yield from _told(key, held, about, wishes)
                held = []
                yield Unreadable("1", record.original, MEDIA_TYPE, record.error)
                continue
            held.append(record)
            if len(held) == _TOGETHER:
                yield from _told(key, held, about, wishes)
                held = []
        yield from _told(key, held, about, wishes)
    if not any_post:
        raise Damaged(what=sentence("export"), why=sentence("there is no post in it"))


def _about(document: Document) -> _About:
    about = _About()
    for record in records(document, whole=True) if document.size < 1 << 20 else records(document):
        value: Value = record.value
        if record.path == "":
            about.title = text_of(member(value, "title"))
            about.site = host_of(text_of(member(value, "site")))
            about.begun_by = text_of(member(value, "details", "created_by", "username"))
        elif record.path in {"title", "site", "details.created_by.username"}:
            told = text_of(value)
            about.title = told if record.path == "title" else about.title
            about.site = host_of(told) if record.path == "site" else about.site
            about.begun_by = told if record.path.startswith("details") else about.begun_by
    return about


def _of_posts(document: Document) -> Iterator[Record]:
    for record in records(document):
        if record.error is not None or (record.path in _POSTS and "post_number" in record.members):
            yield record


def _topic_of(record: Record) -> str:
    return f"{text_of(record.members.get('topic_id'))}/{text_of(record.members.get('topic_slug'))}"


def _told(key: str, held: list[Record], about: _About, wishes: Wishes) -> Iterator[Outcome]:
    """The posts of one topic: what is no post of anyone in its place."""
    numbers = {text_of(each.members.get("post_number")): text_of(each.members.get("id")) for each in held}
    made = [(each, _silent(each), _post(each, numbers)) for each in held]
    title = next((t for each in held if (t := text_of(each.members.get("topic_title")))), about.title)
    posts = tuple(post for _, silent, post in made if not silent)
    begun_by = next((post.account for post in posts if post.begins), about.begun_by)
    topic = Topic(about.site, f"discourse/topic/{key}", title[:500], posts, begun_by)
    telling = Telling(topic, wishes, "discourse").outcomes()
    for record, silent, post in made:
        yield NothingSaid(post.position, record.original, MEDIA_TYPE, silent) if silent else next(telling)


def _silent(record: Record) -> str:
    post = record.members
    kind = post.get("post_type", _REGULAR)
    if kind == _WHISPER:
        return WHISPER
    if kind in {_ACTION, _SMALL} and not text_of(post.get("cooked")).strip():
        return SYSTEM
    if kind == _SMALL or text_of(post.get("username")) in {"system", "discobot"}:
        return SYSTEM
    return DELETED if post.get("deleted_at") or post.get("user_deleted") is True else ""


def _post(record: Record, numbers: dict[str, str]) -> Post:
    members = record.members
    number, made_at = text_of(members.get("id")), text_of(members.get("created_at"))
    answered = numbers.get(text_of(members.get("reply_to_post_number")), "")
    post = Post(
        number=number,
        author=(text_of(members.get("name")) or text_of(members.get("username")))[:300],
        account=text_of(members.get("username")),
        said_at=Dating()(made_at),
        text="",
        quoted="",
        signature="",
        original=canonical(record.value),
        media_type=MEDIA_TYPE,
        position=number or "1",
        answers=(answered,) if answered else (),
        begins=members.get("post_number") == 1,
        known_as=f"discourse/{number}/{made_at}" if number and made_at else "",
    )
    cooked = text_of(members.get("cooked"))
    if not cooked:
        return _of_raw(post, text_of(members.get("raw")))
    try:
        return _of_cooked(post, parts_of(cooked), numbers)
    except Tangled:
        return _of_raw(post, text_of(members.get("raw")))


def _of_raw(post: Post, raw: str) -> Post:
    quotes = _QUOTE.findall(raw)
    return replace(
        post,
        text=tidy(_QUOTE.sub("", raw)),
        quoted=tidy("\n\n".join(f"{name}:\n{said.strip()}" for name, said in quotes)),
        quotes=tuple(dict.fromkeys(name.strip() for name, _ in quotes)),
    )


def _of_cooked(post: Post, tree: Element, numbers: dict[str, str]) -> Post:
    quotes = outermost(found(tree, "//aside[.quote]"))
    pointed = (numbers.get(each.get("data-post") or "", "") for each in quotes)
    return replace(
        post,
        text=words_of(tree, {*quotes, *found(tree, "//a[.anchor]"), *_footers(tree)}),
        quoted=tidy("\n\n".join(words_of(each) for each in quotes)),
        quotes=tuple(dict.fromkeys(filter(None, (each.get("data-username") for each in quotes)))),
        answers=tuple(dict.fromkeys((*filter(None, pointed), *post.answers))),
    )


def _footers(tree: Element) -> Iterable[Element]:
    """What a picture is called, and its size."""
    return found(tree, "//*[.lightbox-wrapper]//*[.meta]")
