"""The contract of what goes out: a sender takes answers to people, in one channel.

A :class:`Carrier` takes one message at a time to the other side (mail), a :class:`Printer` makes one document of many,
which people then post or work through (letters, a call list).
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, runtime_checkable

from gehoor.channels.base import Field, Identity


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where a letter goes: street with number, postcode and place as they are written; the country when abroad."""

    street: str
    postcode: str
    place: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who we are on everything that goes out. ``signed_by`` and ``signed_as`` are a name and what that person does."""

    name: str
    postal: PostalAddress | None = None
    phone: str = ""
    email: str = ""
    website: str = ""
    signed_by: str = ""
    signed_as: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """The one person for whom a message is. ``address`` is the mail address or phone number, ``postal`` for paper."""

    name: str
    address: Identity | None = None
    postal: PostalAddress | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One text for one person, in the form of its channel.

    ``key`` is stable: the same for every attempt to send this text to this person, and for nothing else; a mail's
    Message-ID is made of it. ``text`` holds paragraphs with an empty line between them; ``points`` is what an adviser
    says and asks on the phone. ``thread`` holds the native ids of what this answers, oldest first.
    """

    key: str
    to: Addressee
    subject: str
    text: str
    language: Literal["nl", "en"]
    dated: date
    points: tuple[str, ...] = ()
    thread: tuple[str, ...] = ()
    unsubscribe: str = ""
    """An address (https) where this person says that no more of these should come; ``""`` where there is none."""
    asks: str = ""
    """An address (https) where this person says whether it helped; ``""`` where nothing is asked."""
    by: Literal["many", "person", "machine"] = "many"
    """Who speaks: ``"many"``, the organisation with one text for many people; ``"person"``, someone of ours who wrote
    this to this person; ``"machine"``, nobody: an automatic word that something came in."""
    signed_by: str | None = None
    """Who signs it; ``""`` where the text closes by itself; None: whoever the letterhead names."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What went out for one person: the bytes as they went, to be kept as the original, and the channel's own id."""

    original: bytes
    media_type: str
    native_id: str = ""


class Line(Protocol):
    """An open connection to the other side."""

    def send(self, message: Outgoing, ending: Callable[[], None]) -> Sent:
        """Hand over one message. Calls ``ending`` once, right before the step after which the other side may deliver
        it; whoever is killed before that knows that nothing went out, whoever is killed after it does not know.

        Raises :class:`gehoor.kernel.errors.CannotDeliver` when the other side refuses this message or this person
        for good, and :class:`gehoor.kernel.errors.CannotReach` when it is away or wants to be asked later; in both
        cases nothing went out. Only after :class:`gehoor.kernel.errors.DeliveryUnsure`, a kind of CannotReach, nobody
        knows: the other side fell silent between taking the message and saying so.
        """
        ...

    def native_id(self, message: Outgoing) -> str:
        """The id that the message has or would have, by which a copy of it is known again."""
        ...


class Sender(Protocol):
    """How answers go out in one channel."""

    kind: str
    title: str
    """Translatable: what it is called where someone adds a sender."""
    channel: str
    fields: tuple[Field, ...]

    def check(self, settings: Mapping[str, str]) -> None:
        """Whether it would work with these settings now, without sending anything. Raises CannotReach or Refused."""
        ...


@runtime_checkable
class Carrier(Sender, Protocol):
    """Takes messages to the other side, one at a time."""

    def open(self, settings: Mapping[str, str], letterhead: Letterhead) -> AbstractContextManager[Line]:
        """A line to the other side; raises CannotReach."""
        ...


@runtime_checkable
class Printer(Sender, Protocol):
    """Makes one document of many messages, for people to post or to work through."""

    def render(self, settings: Mapping[str, str], letterhead: Letterhead, messages: Sequence[Outgoing]) -> bytes:
        """The document (PDF), in the order of the messages. Raises CannotDeliver for a message that cannot be made; its
        field ``key`` names which. ``ValueError`` without any message."""
        ...
