"""Conversations out of Messenger and Instagram: ``message_1.json``, the newest message first."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial

from gehoor.channels.base import Document, Outcome, Unreadable, Wishes
from gehoor.channels.chat.message import Message, Sort
from gehoor.channels.chat.turns import Telling, Turns
from gehoor.channels.chat.whose import Names, ours
from gehoor.channels.facebook.mending import mending
from gehoor.channels.json_records import MEDIA_TYPE, Members, Record, member, records, text_of
from gehoor.kernel.errors import Damaged, TooLarge
from gehoor.kernel.ids import key_of
from gehoor.kernel.language import sentence

FACEBOOK, CHAT = "facebook", "chat"
LARGEST = 64 << 20
"""Bytes of one file; Facebook puts ten thousand messages in one at most."""
_FILES = ("photos", "videos", "audio_files", "files", "gifs", "sticker", "share")
_AUTOMATIC = re.compile(
    r"(?:.{1,80} )?(?:sent an? (?:attachment|photo|video|GIF|voice message)|"
    r"heeft een (?:bijlage|foto|video) (?:gestuurd|verzonden)|"
    r"liked a message|reacted .{1,12} to your message|heeft (?:met )?.{1,12} op je bericht gereageerd)\.?\s*",
    re.IGNORECASE,
)
_INSTAGRAM = re.compile(r"instagram", re.IGNORECASE)


def outcomes(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    """Every turn. Raises WhoIsWeNeeded when nothing says who is us, TooLarge, and Damaged without any message."""
    if document.size > LARGEST:
        raise TooLarge(what=sentence("conversation"), limit=f"{LARGEST >> 20} MiB")
    mend = mending(document)
    title, path, names = "", "", Names()
    messages: list[Message] = []
    broken: list[Unreadable] = []
    for count, record in enumerate(records(document), start=1):
        value = mend(record.value)
        if record.error is not None:
            broken.append(Unreadable(f"after {count}", record.original, MEDIA_TYPE, record.error))
        elif record.path == "title":
            title = " ".join(text_of(value).split())
        elif record.path == "thread_path":
            path = text_of(value)
        elif record.path == "participants[]" and (name := _name(member(value, "name"))):
            names.spoke.setdefault(name, 0)
        elif record.path == "messages[]" and isinstance(value, dict):
            messages.append(_message(value, record, len(messages) + 1))
            names.add(messages[-1])
    yield from broken
    if not messages:
        if broken:
            return
        raise Damaged(what=sentence("conversation"), why=sentence("there is no message in it"))
    channel = wishes.channel or (CHAT if _INSTAGRAM.search(document.name) else FACEBOOK)
    us = ours(names, wishes, title, channel)
    chat = key_of(["thread", path or document.name.rpartition("/")[0], title]).hex()[:32]
    known = partial(wishes.known, channel)
    telling = Telling(channel, us, chat, MEDIA_TYPE, conversation=f"thread-{chat}", known=known)
    yield from Turns(telling).outcomes(_in_time(messages))


def _in_time(messages: list[Message]) -> list[Message]:
    """The oldest first; of the same moment in the order in which they were said."""
    never = datetime(1970, 1, 1, tzinfo=UTC)
    return sorted(messages, key=lambda each: (each.said_at or never, -int(each.place)))


def _name(value: object) -> str:
    return " ".join(text_of(value).split())


def _message(members: Members, record: Record, place: int) -> Message:
    text = text_of(members.get("content")).strip()
    sort = Sort.SAID
    if members.get("is_unsent"):
        sort = Sort.DELETED
    elif not text:
        sort = Sort.FILE if any(members.get(each) for each in _FILES) else Sort.SYSTEM
    elif text_of(members.get("type")) not in {"", "Generic", "Share"} or _AUTOMATIC.fullmatch(text):
        sort = Sort.SYSTEM
    return Message(
        place=str(place),
        author=_name(members.get("sender_name")),
        said_at=_moment(members.get("timestamp_ms")),
        text=text,
        original=record.original.decode("utf-8", "replace"),
        sort=sort if text or sort is not Sort.SAID else Sort.SYSTEM,
    )


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(text_of(value)) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
