"""Answers of the interface of X (version 2): recent search, mentions, timelines; as saved pages or as lines.

A page holds posts under ``data`` and what they speak of under ``includes``. Read twice: for the people, then the posts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gehoor.channels.base import Document, Outcome, Unreadable, Wishes
from gehoor.channels.json_records import MEDIA_TYPE, Members, Record, elements, member, records, text_of
from gehoor.channels.x.errors import ApiRefused
from gehoor.channels.x.post import NOBODY, Person, Post, moment, words
from gehoor.kernel.errors import Damaged
from gehoor.kernel.language import sentence

MOST_PEOPLE = 500_000
"""People and quoted posts of one file that are remembered; of later ones only the number is known."""
_PAGE = re.compile(r'\s*\[?\s*\{\s*"(?:data|includes|meta|errors|statuses|search_metadata)"\s*:')
_PAGES_IN_ARRAY = re.compile(r'\s*\[\s*\{\s*"(?:data|includes|meta|errors|statuses|search_metadata)"\s*:')
_SINGLE = re.compile(r'"data"\s*:\s*\{')
_POST = re.compile(
    r'"(?:edit_history_tweet_ids|author_id|conversation_id|in_reply_to_user_id|in_reply_to_screen_name)"\s*:'
)
_TEXT = re.compile(r'"(?:text|full_text)"\s*:')
_META = re.compile(r'"(?:newest_id|oldest_id|result_count|next_token)"\s*:')
_PROBLEMS = ".com/2/problems/"


def likeness(head: str) -> float:
    """How sure it is that a text is an answer of X."""
    start = head.lstrip("\ufeff \r\n\t")
    if not start.startswith(("{", "[")):
        return 0.0
    if _POST.search(head) and _TEXT.search(head):
        return 0.95
    return 0.9 if _PROBLEMS in head or (_PAGE.match(start) and _META.search(head)) else 0.0


@dataclass(slots=True)
class _Beside:
    """Who and what the posts speak of."""

    people: dict[str, Person] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    posts: int = 0
    is_refused: bool = False

    def add(self, record: Record) -> None:
        """One more record of the file."""
        members = record.members
        if record.path.endswith("includes.users[]") and len(self.people) < MOST_PEOPLE:
            person = _person(members)
            self.people[person.number] = person
        elif record.path.endswith("includes.tweets[]") and len(self.texts) < MOST_PEOPLE:
            self.texts[text_of(members.get("id"))] = _text(members)
        elif _is_post(members):
            self.posts += 1
        kind = text_of(members.get("type") or (record.value if record.path.endswith("type") else ""))
        self.is_refused = self.is_refused or _PROBLEMS in kind


def outcomes(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    """Every post. Raises :class:`ApiRefused` for an error instead of posts, Damaged when there is none."""
    head = document.head().decode("utf-8", "replace").lstrip("\ufeff")
    inner = frozenset({""}) if _PAGES_IN_ARRAY.match(head) else frozenset[str]()
    whole = not _PAGE.match(head) or _SINGLE.search(head[:200]) is not None
    beside, broken = _Beside(), None
    for record in records(document, inner=inner, whole=whole):
        beside.add(_single(record))
        broken = broken or record.error
    if not beside.posts and broken is None:
        raise (
            ApiRefused()
            if beside.is_refused
            else Damaged(what=sentence("answer of X"), why=sentence("there is no post in it"))
        )
    count = 0
    for record in map(_single, records(document, inner=inner, whole=whole)):
        if record.error is not None:
            yield Unreadable(f"after {count}", record.original, MEDIA_TYPE, record.error)
        elif _is_post(record.members) and not record.path.endswith("includes.tweets[]"):
            count += 1
            yield post_in(record, beside.people, beside.texts).told(wishes)


def _single(record: Record) -> Record:
    """The post of an answer that holds only one, looked up by its id."""
    found = member(record.value, "data")
    return Record("", found) if record.path == "" and isinstance(found, dict) else record


def _is_post(members: Members) -> bool:
    return bool(text_of(members.get("id") or members.get("id_str"))) and ("text" in members or "full_text" in members)


def post_in(record: Record, people: dict[str, Person], texts: dict[str, str]) -> Post:
    """A post of version 2, or of version 1.1."""
    members = record.members
    kinds = {
        text_of(member(each, "type")): text_of(member(each, "id"))
        for each in elements(members.get("referenced_tweets"))
    }
    to_number = text_of(members.get("in_reply_to_user_id_str") or members.get("in_reply_to_user_id"))
    first = next((text_of(each) for each in elements(members.get("edit_history_tweet_ids"))), "")
    to = people.get(to_number, Person(text_of(members.get("in_reply_to_screen_name")), number=to_number))
    text = _text(members)
    return Post(
        native_id=first or text_of(members.get("id_str") or members.get("id")),
        text=text,
        said_at=moment(text_of(members.get("created_at"))),
        original=record.original,
        author=_author(members, people),
        answers=kinds.get("replied_to", "") or text_of(members.get("in_reply_to_status_id_str")),
        to=to if to_number or to.handle else NOBODY,
        root=text_of(members.get("conversation_id")),
        quoted=texts.get(kinds.get("quoted", ""), ""),
        is_passed_on="retweeted" in kinds or text.startswith("RT @"),
    )


def _text(members: Members) -> str:
    """All of it: what is too long for a post stands beside it."""
    note = text_of(member(members, "note_tweet", "text"))
    return words(note or text_of(members.get("full_text") or members.get("text")))


def _author(members: Members, people: dict[str, Person]) -> Person:
    inside = members.get("author") or members.get("user")
    if isinstance(inside, dict):
        return _person(inside)
    number = text_of(members.get("author_id"))
    return people.get(number, Person(number=number))


def _person(members: Members) -> Person:
    number = text_of(members.get("id_str") or members.get("id"))
    return Person(text_of(members.get("username") or members.get("screen_name")), text_of(members.get("name")), number)
