"""The contract of a channel: a card says what it is, a reader turns bytes into what was heard.

A reader gets a :class:`Document` and yields, in order, one :class:`Heard`, :class:`NothingSaid` or
:class:`Unreadable` for every item in it. It raises nothing but :class:`gehoor.kernel.errors.CannotRead`, and that only
when the document as a whole makes no sense; a single bad item is yielded as ``Unreadable`` and stops nothing else. It
holds a bounded part of the document in memory, however large the document is.

A reader that needs an engine (for scans or sound) is a :class:`SlowReader`: its ``read`` raises ``EngineTurn``, or
``EngineNeeded`` where none is installed, for what an engine must make out, and ``read_slowly`` does that work, in a
process of its own, when its turn has come. An :class:`Inlet` brings documents by itself, as they come.

What goes out has its own contract: :mod:`gehoor.channels.outgoing`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, runtime_checkable

from gehoor.kernel.errors import CannotRead

IdentityKind = Literal["email", "phone", "customer_number", "handle"]
"""What points to a person surely. A bare name is none."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An address, number or handle as it was given; normalising is done where people are known."""

    kind: IdentityKind
    value: str
    network: str = ""
    """For a handle: the channel whose handle it is (``x``, ``facebook``, ...)."""


class Direction(Enum):
    """Who spoke to whom."""

    FROM_CUSTOMER = "voice"
    TO_CUSTOMER = "reply"
    TO_EVERYONE = "broadcast"
    BY_AUTHOR = "by_author"
    """Decided at intake: the organisation's own address makes it a reply, any other a voice."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that came with a voice and is kept beside it."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word as an engine or a platform made it out: ``text[start:end]`` of its :class:`Heard`.

    ``confidence`` goes from 0 to 1. Of paper, ``page`` counts from 1 and ``box`` is (left, top, right, bottom) in
    fractions of that page as it was scanned; of sound, ``begins`` and ``ends`` are seconds from the start of the
    recording.
    """

    start: int
    end: int
    confidence: float = 1.0
    page: int = 0
    box: tuple[float, float, float, float] | None = None
    begins: float | None = None
    ends: float | None = None


@dataclass(frozen=True, slots=True)
class Transcription:
    """How the text was got from a scan or a recording. ``engine`` names who read it, and in which version.

    ``words`` stand in the order of the text; of a platform's transcript each may be a whole sentence. ``pages`` is how
    many pages the original has, 0 for sound. ``confidence`` is the mean over the words, None where nobody says.
    """

    engine: str
    words: tuple[ReadWord, ...] = ()
    confidence: float | None = None
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that was said, once.

    ``native_id`` is the id that the channel itself gives (Message-ID, post id, mapped id), ``""`` where it gives none.
    ``id_is_global`` says whether that id means the same thing in every source of this channel (a Message-ID, a post id)
    or only within one (an id column).
    ``thread`` holds the native ids of what this answers, oldest first; ``conversation`` is a channel's own name for
    the whole, where it has one. ``said_at`` is aware UTC, or None when nothing says when.
    ``original`` is this item's own bytes: what has to be kept so that nothing is lost.
    """

    channel: str
    text: str
    position: str
    original: bytes
    media_type: str
    direction: Direction = Direction.BY_AUTHOR
    said_at: datetime | None = None
    author: str = ""
    identities: tuple[Identity, ...] = ()
    recipients: tuple[Identity, ...] = ()
    subject: str = ""
    quoted: str = ""
    signature: str = ""
    native_id: str = ""
    id_is_global: bool = True
    scope: str = ""
    """What tells this source from another of the same file name: the columns of a table."""
    thread: tuple[str, ...] = ()
    series: str = ""
    """What the sender's program calls everything of one exchange (Outlook's Thread-Index); ``""`` where it does not."""
    conversation: str = ""
    duration_seconds: float | None = None
    waited_seconds: float | None = None
    score: float | None = None
    adviser: str = ""
    attachments: tuple[Attachment, ...] = ()
    transcription: Transcription | None = None
    """Set when the text was made out of a scan or a recording."""


@dataclass(frozen=True, slots=True)
class NothingSaid:
    """An item in which nobody says anything (an empty row, an automatic delivery report)."""

    position: str
    original: bytes
    media_type: str
    reason: str
    """A translatable English sentence."""
    values: Mapping[str, str | int | float] = field(default_factory=dict)
    """What fills its placeholders; never personal data."""
    is_account: bool = False
    """It is no item: it gives account of what was found in a document as a whole, and what not."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An item that could not be read; its bytes are kept and it is listed with the error's reason and remedy."""

    position: str
    original: bytes
    media_type: str
    error: CannotRead


Outcome = Heard | NothingSaid | Unreadable


def _nothing() -> "Mapping[str, Document]":
    return {}


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes with a name, as they reached us: a file, or a file inside an archive.

    ``open`` gives a fresh seekable stream each time. ``path`` is set when the bytes stand in a file of their own, or
    are a folder (a maildir).
    """

    name: str
    size: int
    open: Callable[[], BinaryIO]
    path: Path | None = None
    beside: "Callable[[], Mapping[str, Document]]" = _nothing
    """The documents in the same folder or archive, this one too, by file name."""

    def head(self, count: int = 65_536) -> bytes:
        """The first bytes, to recognise the document by."""
        with self.open() as stream:
            return stream.read(count)


def _not_ours(_: Identity) -> bool:
    return False


def _unknown(_: str, __: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person who sends something in says about it."""

    channel: str = ""
    """The channel it belongs to, ``""`` when not said."""
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Field to column, for tables."""
    take_proposal: bool = False
    """Take a proposed mapping without asking."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """For ``read_slowly``: what ``EngineTurn.hints`` said when ``read`` left the document to the engine."""
    is_own: Callable[[Identity], bool] = _not_ours
    """Whether an identity is the organisation's own, as its settings say; for formats in which only that tells a reply
    from a broadcast, or who of two names is us."""
    known: Callable[[str, str], str | None] = _unknown
    """By channel and native id (one that is global): the text that is known under it, None where there is none. For
    formats in which what was said can grow from one export to the next."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """How sure a reader is that a document is its own: 0 (not) to 1 (certain)."""

    confidence: float


class Reader(Protocol):
    """Turns bytes into what was heard."""

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """Say how sure it is, from the name and the first bytes. Reads no more than ``head``; raises nothing."""
        ...

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Yield every item in order. Raises :class:`CannotRead` when the whole makes no sense."""
        ...


@dataclass(frozen=True, slots=True)
class EngineState:
    """An engine as someone looks what is installed; ``remedy`` is a translatable sentence: how to get it."""

    name: str
    there: bool
    version: str
    remedy: str


@runtime_checkable
class SlowReader(Reader, Protocol):
    """A reader that needs an engine for some of its documents."""

    engine: str
    """A translatable name of the engine, to say what is being waited for."""

    def engines(self) -> Sequence[EngineState]:
        """Every engine that it can use, whether it is there, and what to do when it is not; quick."""
        ...

    def ready(self) -> bool:
        """Whether an engine is installed now; quick."""
        ...

    def read_slowly(self, document: Document, wishes: Wishes, alive: Callable[[], None]) -> Iterator[Outcome]:
        """Read what ``read`` left to the engine. Calls ``alive`` at least every half minute of work.

        Runs in a process of its own, which is ended when it falls silent or takes too much memory; raises as ``read``.
        """
        ...


@dataclass(frozen=True, slots=True)
class Field:
    """A setting of an inlet or sender, as a form asks for it; ``title`` and ``help`` are translatable."""

    name: str
    title: str
    kind: Literal["text", "secret", "number", "folder", "flag"] = "text"
    default: str = ""
    required: bool = True
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    """Values with their translatable names, where only some are possible."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A document that an inlet brought. ``cursor`` is what it has to be given to go on after this one."""

    document: Document
    cursor: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """The inlet is well and has nothing new. ``waits`` is how many it knows to be there but cannot bring yet."""

    waits: int = 0


class Inlet(Protocol):
    """Brings documents by itself, as they come: a mailbox, a folder that a scanner fills."""

    kind: str
    title: str
    """Translatable: what it is called where someone adds a source."""
    channel: str
    """The channel of what it brings, ``""`` where the source says which."""
    fields: tuple[Field, ...]

    def hear(
        self, settings: Mapping[str, str], cursor: str, goes_on: Callable[[], bool]
    ) -> Iterator["Arrived | Unreadable | Waiting"]:
        """Yield what comes, for as long as ``goes_on()``; it asks that at least every two seconds while it waits.

        ``cursor`` is that of the last document that was kept, ``""`` at first. A document is kept when the next one is
        asked for; what was yielded and not kept must come again. Raises :class:`gehoor.kernel.errors.CannotReach` when
        the other side is away or refuses; the caller tries again later.
        """
        ...


@runtime_checkable
class CheckedInlet(Inlet, Protocol):
    """An inlet that says of settings that they can never work, when someone fills them in."""

    def check(self, settings: Mapping[str, str]) -> None:
        """Pass, or raise :class:`gehoor.kernel.errors.CannotReach` as ``hear`` would. Quick: it asks nobody."""
        ...


@dataclass(frozen=True, slots=True)
class Card:
    """What a channel is: its names, what it costs a customer to use it, and its manners.

    ``threshold_minutes`` is the time before the first word is said (finding paper, envelope, stamp; or a form);
    ``words_per_minute`` is the pace of saying. Where the duration is known (a call), it counts instead of both.
    ``letters_first`` orders listening: a higher number is read earlier.
    """

    kind: str
    name_nl: str
    name_en: str
    threshold_minutes: float
    words_per_minute: float
    public: bool
    """Whether others can see what is said here."""
    letters_first: int = 0
    basis: str = ""
    """Where the threshold and pace come from, in one English sentence."""
