"""The archive that X gives its users: files of JavaScript that assign JSON.

``window.YTD.tweets.part0 = [ ... ]``. An archive is of one's own account: what it posted is ours, and in its direct
messages everybody else is a customer.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from gehoor.channels.base import Direction, Document, Heard, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.json_records import MEDIA_TYPE, Members, Record, elements, member, records, text_of
from gehoor.channels.x.errors import AccountNeeded
from gehoor.channels.x.post import CHANNEL, NO_WORDS, NOBODY, Person, Post, moment, words
from gehoor.kernel.errors import Damaged
from gehoor.kernel.language import sentence

PREFIX = re.compile(r"\s*window\.YTD\.(\w{1,60}?)\.part\d{1,6}\s*=")
MANIFEST = "manifest"
_MANIFEST = re.compile(r"\s*window\.__THAR_CONFIG\s*=")
_FURNITURE = re.compile(
    r"(?:^|/)(?:your archive\.html|data/\w{1,40}_media/\d+-[\w-]+\.\w{2,4}|"
    r"twitter-[^/]*/assets/(?:js|images|fonts|css)/.+)$"
)
NOTHING_IN_IT = sentence("This part of the archive of X holds nothing that anybody said to us.")
WITH_ITS_POST = sentence("It is the whole text of a long post, and is told with that post.")
_POSTS = frozenset({"tweets", "tweet", "community_tweet"})
_NOTES = frozenset({"note_tweet"})
_MESSAGES = frozenset({"direct_messages", "direct_messages_group", "direct_message", "direct_message_group"})
_CONVERSATION = "[].dmConversation."
_CUT = re.compile(r"(?:…|\.\.\.)?\s*(?:https://t\.co/\w+)?\s*\Z")
_SAME = 60
"""Signs by which a cut post is known in its whole text."""


def part_of(head: str) -> str:
    """Which part of an archive a file is (``tweets``), "" for none."""
    plain = head.lstrip("\ufeff")
    found = PREFIX.match(plain)
    return found[1] if found else MANIFEST if _MANIFEST.match(plain) else ""


def is_furniture(name: str) -> bool:
    """Whether this is what an archive brings along to be looked at in a browser: its page, and pictures of posts."""
    return _FURNITURE.search(name.lower()) is not None


def furniture(document: Document) -> Outcome:
    """Such a file, of which only the name is kept."""
    return NothingSaid("1", document.name.encode(), "text/plain", NOTHING_IN_IT)


def outcomes(document: Document, part: str, wishes: Wishes) -> Iterator[Outcome]:
    """What a file of the archive says. Raises :class:`AccountNeeded` for messages of which nobody knows who is us."""
    if part in _POSTS:
        yield from _posts(document, wishes)
    elif part in _MESSAGES:
        yield from _messages(document, wishes)
    elif part in _NOTES:
        beside = {name for name in document.beside() if name.startswith(("tweets", "tweet."))}
        yield from _notes(document, wishes, told=bool(beside))
    else:
        yield NothingSaid("1", document.head(80).partition(b"=")[0], "application/javascript", NOTHING_IN_IT)


def _account(document: Document) -> Person:
    """Whose archive it is, by the file beside; nobody where that is not there."""
    file = document.beside().get("account.js")
    for record in records(file, assigned=True) if file is not None and file.size < 1 << 20 else ():
        account = member(record.value, "account")
        if isinstance(account, dict):
            name, number = (text_of(account.get(each)) for each in ("accountDisplayName", "accountId"))
            return Person(text_of(account.get("username")), name, number)
    return NOBODY


# Posts


def _posts(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    us, notes, count = _account(document), _long_texts(document), 0
    for record in records(document, assigned=True):
        count += 1
        if record.error is not None:
            yield Unreadable(str(count), record.original, MEDIA_TYPE, record.error)
            continue
        tweet = member(record.value, "tweet") or record.value
        if isinstance(tweet, dict) and text_of(tweet.get("id_str") or tweet.get("id")):
            yield _post(tweet, record, us, notes).told(wishes)
        else:
            error = Damaged(what=sentence("post"), why=sentence("it has no id"))
            yield Unreadable(str(count), record.original, MEDIA_TYPE, error)
    if not count:
        raise Damaged(what=sentence("archive"), why=sentence("there is nothing in this part of it"))


def _post(tweet: Members, record: Record, us: Person, notes: dict[datetime, list[str]]) -> Post:
    text = words(text_of(tweet.get("full_text") or tweet.get("text")))
    said_at = moment(text_of(tweet.get("created_at")))
    to = Person(
        text_of(tweet.get("in_reply_to_screen_name")),
        number=text_of(tweet.get("in_reply_to_user_id_str") or tweet.get("in_reply_to_user_id")),
    )
    return Post(
        native_id=text_of(tweet.get("id_str") or tweet.get("id")),
        text=_whole(text, notes.get(said_at, []) if said_at else []),
        said_at=said_at,
        original=record.original,
        author=us,
        answers=text_of(tweet.get("in_reply_to_status_id_str") or tweet.get("in_reply_to_status_id")),
        to=to,
        is_passed_on=text.startswith("RT @") or bool(member(tweet, "retweeted_status")),
        is_ours=True,
    )


def _whole(text: str, notes: list[str]) -> str:
    """The text; of a long post, which stands here cut off, the whole one."""
    beginning = _CUT.sub("", text)[:_SAME]
    return next((note for note in notes if len(note) > len(text) and beginning and note.startswith(beginning)), text)


def _long_texts(document: Document) -> dict[datetime, list[str]]:
    """The long posts of the archive by the second in which they were made."""
    found: dict[datetime, list[str]] = {}
    file = document.beside().get("note-tweet.js")
    for record in records(file, assigned=True) if file is not None else ():
        note = member(record.value, "noteTweet")
        made = moment(text_of(member(note, "createdAt")))
        if made is not None:
            found.setdefault(made.replace(microsecond=0), []).append(words(text_of(member(note, "core", "text"))))
    return found


def _notes(document: Document, wishes: Wishes, *, told: bool) -> Iterator[Outcome]:
    """Long posts, by themselves only where the posts did not come along."""
    us = _account(document)
    for count, record in enumerate(records(document, assigned=True), start=1):
        note = member(record.value, "noteTweet")
        if record.error is not None:
            yield Unreadable(str(count), record.original, MEDIA_TYPE, record.error)
        elif told:
            yield NothingSaid(str(count), record.original, MEDIA_TYPE, WITH_ITS_POST)
        else:
            said_at = moment(text_of(member(note, "createdAt")))
            text, native_id = words(text_of(member(note, "core", "text"))), text_of(member(note, "noteTweetId"))
            yield Post(native_id, text, said_at, record.original, us, is_ours=True).told(wishes)


# Direct messages


def _messages(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    us = _account(document).number or _common(document)
    conversation, count = "", 0
    for record in records(document, assigned=True, inner=frozenset({""})):
        if record.path == f"{_CONVERSATION}conversationId":
            conversation = text_of(record.value)
        elif record.error is not None:
            yield Unreadable(f"after {count}", record.original, MEDIA_TYPE, record.error)
        elif record.path == f"{_CONVERSATION}messages[]":
            created = member(record.value, "messageCreate")
            if isinstance(created, dict):
                count += 1
                if not us:
                    raise AccountNeeded
                yield _message(created, record, conversation, us, wishes)


def _message(created: Members, record: Record, conversation: str, us: str, wishes: Wishes) -> Outcome:
    text, native_id = words(text_of(created.get("text"))), text_of(created.get("id"))
    position = native_id or "1"
    if not text and not elements(created.get("mediaUrls")):
        return NothingSaid(position, record.original, MEDIA_TYPE, NO_WORDS)
    ours = text_of(created.get("senderId")) == us
    return Heard(
        channel=wishes.channel or CHANNEL,
        text=text,
        position=position,
        original=record.original,
        media_type=MEDIA_TYPE,
        direction=Direction.TO_CUSTOMER if ours else Direction.FROM_CUSTOMER,
        said_at=moment(text_of(created.get("createdAt"))),
        native_id=f"dm-{native_id}" if native_id else "",
        conversation=f"dm-{conversation}" if conversation else "",
    )


def _common(document: Document) -> str:
    """Without the account's own file: the number that takes part in every conversation of two."""
    common: set[str] | None = None
    seen = 0
    for record in records(document, assigned=True, inner=frozenset({""})):
        if record.path == f"{_CONVERSATION}conversationId":
            both = set(text_of(record.value).split("-"))
            if len(both) == 2:
                common, seen = both if common is None else common & both, seen + 1
    return common.pop() if common is not None and len(common) == 1 and seen > 1 else ""
