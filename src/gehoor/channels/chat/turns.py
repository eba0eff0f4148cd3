"""From messages to what was heard: each turn of a customer is a voice, each of ours a reply.

A turn is what someone writes without anyone coming between and without fifteen minutes of silence. People write on
telephones in pieces ("Hallo", "ik heb een vraag", "over mijn bouwdepot"): only together they say something.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from gehoor.channels.base import Attachment, Direction, Heard, Identity, NothingSaid, Outcome, Unreadable
from gehoor.channels.chat.message import Message, Sort
from gehoor.channels.chat.whose import identity_of
from gehoor.kernel.ids import key_of
from gehoor.kernel.language import sentence

SILENCE = timedelta(minutes=15)
_MOST_HELD = 100
MOST_MESSAGES = 500
LARGEST_TURN = 1 << 20
"""Messages, and characters with files, of one turn; beyond, another begins."""
SYSTEM = sentence("It is a line of the chat program itself.")
DELETED = sentence("The message was deleted before the chat was exported.")
ONLY_FILE = sentence("It is a picture, recording or other file that was left out of the export.")
_REASONS = {Sort.SYSTEM: SYSTEM, Sort.DELETED: DELETED, Sort.DELETED_BY_US: DELETED, Sort.FILE: ONLY_FILE}
FilesBeside = Callable[[Iterable[str]], tuple[Attachment, ...]]
"""The files of these names that came with the export."""


def no_files(_: Iterable[str]) -> tuple[Attachment, ...]:
    """Nothing came with it."""
    return ()


@dataclass(frozen=True, slots=True)
class Telling:
    """How the turns of one chat are told. ``chat`` tells it from every other, in the ids that are made."""

    channel: str
    ours: frozenset[str]
    chat: str
    media_type: str = "text/plain"
    files: FilesBeside = no_files
    identities: Callable[[str], tuple[Identity, ...]] = lambda author: _numbers(author)
    """What points surely to who wrote under this name."""
    known: Callable[[str], str | None] = lambda _: None
    """The text under which an id is known already, None for what is not."""
    conversation: str = ""
    """The chat's own name, where it has one that is the same in every export."""


def _numbers(author: str) -> tuple[Identity, ...]:
    number = identity_of(author)
    return (number,) if number is not None else ()


@dataclass(slots=True)
class _Turn:
    messages: list[Message] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    """Of each message; that of the first is that of the turn."""
    attachments: list[Attachment] = field(default_factory=list)
    size: int = 0
    silent: list[NothingSaid] = field(default_factory=list)
    """What stood between its messages; it comes after the turn, so that all comes in order."""

    def pass_by(self, silent: NothingSaid) -> Iterator[NothingSaid]:
        """Hold it until the turn was told, unless there is none or much is held."""
        self.silent.append(silent)
        if not self.messages or len(self.silent) > _MOST_HELD:
            yield from self.silent
            self.silent.clear()

    def add(self, message: Message, native_id: str, attachments: tuple[Attachment, ...]) -> None:
        self.messages.append(message)
        self.ids.append(native_id)
        self.attachments.extend(attachments)
        self.size += len(message.text) + sum(len(each.data) for each in attachments)

    def goes_on_with(self, message: Message) -> bool:
        """Whether a message belongs to it."""
        if not self.messages:
            return False
        last = self.messages[-1]
        is_full = len(self.messages) >= MOST_MESSAGES or self.size + len(message.text) > LARGEST_TURN
        if message.author != last.author or is_full:
            return False
        return last.said_at is None or message.said_at is None or abs(message.said_at - last.said_at) <= SILENCE


class Turns:
    """Makes outcomes of the messages of one chat, given in their order in time."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._turn = _Turn()
        self._seen: Counter[bytes] = Counter()
        self._root = ""
        self._previous = ""
        self._voice = ""
        self._customer: tuple[Identity, ...] = ()
        self._customers: set[str] = set()

    def outcomes(self, messages: Iterable[Message | Unreadable]) -> Iterator[Outcome]:
        """One Heard a turn; what is no words of anyone is told as nothing said. What is unreadable is passed on."""
        for message in messages:
            if isinstance(message, Unreadable):
                yield message
                continue
            attachments = self._telling.files(message.files) if message.files else ()
            if message.sort is not Sort.SAID and not attachments:
                silent = NothingSaid(message.place, _bytes(message), self._telling.media_type, _REASONS[message.sort])
                yield from self._turn.pass_by(silent)
                continue
            if not self._turn.goes_on_with(message):
                yield from self._flush()
            self._turn.add(message, self._native_id(message), attachments)
        yield from self._flush()

    def _flush(self) -> Iterator[Outcome]:
        turn, self._turn = self._turn, _Turn()
        rest = turn.messages
        while rest:
            native_id = turn.ids[len(turn.ids) - len(rest)]
            part, rest = self._as_known(native_id, rest)
            yield self._heard(native_id, part, tuple(turn.attachments) if not rest else ())
        yield from turn.silent

    def _as_known(self, native_id: str, messages: list[Message]) -> tuple[list[Message], list[Message]]:
        """A turn of which only the beginning was heard before, because it grew since, in that beginning and the rest:
        so the beginning is known, and the rest is heard."""
        known = self._telling.known(native_id) if len(messages) > 1 else None
        if known is not None:
            for count in range(1, len(messages)):
                if _text(messages[:count]) == known:
                    return messages[:count], messages[count:]
        return messages, []

    def _heard(self, native_id: str, messages: list[Message], attachments: tuple[Attachment, ...]) -> Heard:
        first = messages[0]
        is_ours = first.author in self._telling.ours
        answered = self._voice if is_ours else self._previous
        thread = tuple(dict.fromkeys(each for each in (self._root, answered) if each))
        identities = () if is_ours else self._telling.identities(first.author)
        if not is_ours:
            self._customers.add(first.author)
            self._customer = identities if len(self._customers) == 1 else ()
        self._root = self._root or native_id
        self._previous = native_id
        self._voice = self._voice if is_ours else native_id
        return Heard(
            channel=self._telling.channel,
            text=_text(messages),
            position=first.place,
            original=b"\n".join(map(_bytes, messages)),
            media_type=self._telling.media_type,
            direction=Direction.TO_CUSTOMER if is_ours else Direction.FROM_CUSTOMER,
            said_at=first.said_at,
            author=first.author,
            adviser=first.author if is_ours else "",
            identities=identities,
            recipients=self._customer if is_ours else (),
            native_id=native_id,
            thread=thread,
            conversation=self._telling.conversation,
            attachments=attachments,
        )

    def _native_id(self, message: Message) -> str:
        """The program's own id within its chat; else the n-th with this moment, author and text in it."""
        if message.native_id:
            return key_of(["chat id", self._telling.chat, message.native_id]).hex()[:32]
        said_at = message.said_at.isoformat() if message.said_at else ""
        names = "\x1f".join(message.files)
        what = key_of(["chat", self._telling.chat, said_at, message.author, message.text, names])
        self._seen[what] += 1
        return key_of([what, self._seen[what]]).hex()[:32]


def _text(messages: Iterable[Message]) -> str:
    """What is said in them, a line each."""
    return "\n".join(each.text for each in messages if each.text and each.sort is Sort.SAID)


def _bytes(message: Message) -> bytes:
    try:
        return message.original.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return message.original.encode("utf-8", "replace")
