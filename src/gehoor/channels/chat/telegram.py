"""Exports of Telegram (``result.json``): one chat, or all of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from gehoor.channels.base import Document, Unreadable
from gehoor.channels.chat.message import Message, Sort
from gehoor.channels.chat.whose import Names
from gehoor.channels.json_records import MEDIA_TYPE, Members, Record, elements, member, records, text_of
from gehoor.channels.table.dates import Moments

_LISTS = frozenset({"chats.list", "left_chats.list"})
_FILES = ("photo", "file", "media_type", "contact_information", "location_information", "poll")


@dataclass(slots=True)
class Overview:
    """What is known of one chat before its messages are told. ``number`` is its place in the file."""

    number: int
    title: str = ""
    native_id: str = ""
    names: Names = field(default_factory=Names)


@dataclass(slots=True)
class _Gone:
    """Goes through the chats of a file."""

    number: int = 0
    me: str = ""
    me_name: list[str] = field(default_factory=list)

    def pieces(self, document: Document) -> Iterator[tuple[int, str, Record]]:
        """Each record with the number of its chat and the name of what it is within it."""
        for record in records(document, inner=_LISTS):
            if record.path in _LISTS:
                self.number += 1
                continue
            if record.path == "personal_information.user_id":
                self.me = f"user{text_of(record.value)}"
            inside = next((each for each in _LISTS if record.path.startswith(f"{each}[].")), "")
            yield self.number, record.path.removeprefix(f"{inside}[].") if inside else record.path, record


def overviews(document: Document) -> tuple[dict[int, Overview], str]:
    """Every chat of the file by its number, and the name of whoever exported it ("" where it does not say)."""
    found: dict[int, Overview] = {}
    gone, me_name = _Gone(), ""
    for number, name, record in gone.pieces(document):
        chat = found.setdefault(number, Overview(number))
        if name == "name":
            chat.title = text_of(record.value)
        elif name == "id":
            chat.native_id = text_of(record.value)
        elif name == "messages[]" and record.members:
            message = message_of(record.members, "")
            chat.names.add(message)
            if gone.me and text_of(record.members.get("from_id")) == gone.me:
                me_name = message.author
    return found, me_name


def messages(document: Document) -> Iterator[tuple[int, Message | Unreadable]]:
    """Every message with the number of its chat; what is broken comes as Unreadable."""
    count = 0
    for number, name, record in _Gone().pieces(document):
        if record.error is not None:
            yield number, Unreadable(f"after {count}", record.original, MEDIA_TYPE, record.error)
        elif name == "messages[]":
            count += 1
            original = record.original.decode("utf-8", "replace")
            if record.members:
                yield number, message_of(record.members, str(count), original)
            else:
                yield number, Message(str(count), "", None, "", original, Sort.SYSTEM)


def message_of(members: Members, place: str, original: str = "") -> Message:
    """One message."""
    text = _text(members.get("text"))
    sort = Sort.SAID
    if members.get("type") not in {None, "message"}:
        sort = Sort.SYSTEM
    elif not text.strip():
        sort = Sort.FILE if any(members.get(each) for each in _FILES) else Sort.SYSTEM
    return Message(
        place=place,
        author=" ".join(text_of(members.get("from")).split()),
        said_at=_moment(members),
        text=text.strip(),
        original=original,
        sort=sort,
        native_id=text_of(members.get("id")),
    )


def _text(value: object) -> str:
    """Plain text, or pieces with their form."""
    pieces = elements(value)
    if not pieces:
        return text_of(value)
    return "".join(text_of(piece) if isinstance(piece, str) else text_of(member(piece, "text")) for piece in pieces)


def _moment(members: Members) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(text_of(members.get("date_unixtime"))), UTC)
    except (ValueError, OverflowError, OSError):
        return Moments()(text_of(members.get("date")))
