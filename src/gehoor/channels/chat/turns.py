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
LARGEST_TURN = 1 << 20
"""Characters of one turn; beyond, another begins."""
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
    conversation: str = ""
    """The chat's own name, where it has one that is the same in every export."""


def _numbers(author: str) -> tuple[Identity, ...]:
    number = identity_of(author)
    return (number,) if number is not None else ()


@dataclass(slots=True)
class _Turn:
    messages: list[Message] = field(default_factory=list)
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

    def add(self, message: Message, attachments: tuple[Attachment, ...]) -> None:
        self.messages.append(message)
        self.attachments.extend(attachments)
        self.size += len(message.text) + sum(len(each.data) for each in attachments)

    def goes_on_with(self, message: Message) -> bool:
        """Whether a message belongs to it."""
        if not self.messages:
            return False
        last = self.messages[-1]
        if message.author != last.author or self.size + len(message.text) > LARGEST_TURN:
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
            self._turn.add(message, attachments)
        yield from self._flush()

    def _flush(self) -> Iterator[Outcome]:
        turn, self._turn = self._turn, _Turn()
        if not turn.messages:
            return
        first = turn.messages[0]
        native_id = self._native_id(first)
        is_ours = first.author in self._telling.ours
        answered = self._voice if is_ours else self._previous
        thread = tuple(dict.fromkeys(each for each in (self._root, answered) if each))
        identities = () if is_ours else self._telling.identities(first.author)
        if not is_ours:
            self._customers.add(first.author)
            self._customer = identities if len(self._customers) == 1 else ()
        yield Heard(
            channel=self._telling.channel,
            text="\n".join(each.text for each in turn.messages if each.text and each.sort is Sort.SAID),
            position=first.place,
            original=b"\n".join(map(_bytes, turn.messages)),
            media_type=self._telling.media_type,
            direction=Direction.TO_CUSTOMER if is_ours else Direction.FROM_CUSTOMER,
            said_at=first.said_at,
            author=first.author,
            adviser=first.author if is_ours else "",
            identities=identities,
            recipients=self._customer if is_ours else (),
            native_id=native_id,
            id_is_global=bool(self._telling.conversation),
            scope=self._telling.chat,
            thread=thread,
            conversation=self._telling.conversation,
            attachments=tuple(turn.attachments),
        )
        yield from turn.silent
        self._root = self._root or native_id
        self._previous = native_id
        self._voice = self._voice if is_ours else native_id

    def _native_id(self, first: Message) -> str:
        """The program's own id within its chat; else the n-th with this moment, author and text in it."""
        if first.native_id:
            return key_of(["chat id", self._telling.chat, first.native_id]).hex()[:32]
        said_at = first.said_at.isoformat() if first.said_at else ""
        names = "\x1f".join(first.files)
        what = key_of(["chat", self._telling.chat, said_at, first.author, first.text, names])
        self._seen[what] += 1
        return key_of([what, self._seen[what]]).hex()[:32]


def _bytes(message: Message) -> bytes:
    try:
        return message.original.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return message.original.encode("utf-8", "replace")
