"""What the routes of answering tell."""

from typing import Literal

from ninja import Schema

from gehoor.rooms.accounts.interface import Id, Moment


class WayTold(Schema):
    """A way to answer: ``how`` says what becomes of it. The first is proposed, and ``why`` says for which reason."""

    way: str
    channel: str
    how: Literal["sent", "posted", "called", "said", "chatted", "placed"]
    to: str
    why: str
    longest: int
    greeting: str
    closing: str


class DraftTold(Schema):
    """What is being written; ``revision`` is 0 while nothing is kept."""

    text: str
    subject: str
    revision: int
    by: str | None
    at: Moment | None


class WritingTold(DraftTold):
    """What an answer begins with. ``voice`` is what it answers; ``answered_by`` an answer that this voice has already;
    ``ended``: nothing is answered in this case any more."""

    way: str | None
    voice: Id
    answered_by: Id | None
    ended: bool
    ways: list[WayTold]


class KeptTold(Schema):
    """The next text stands on ``revision``. ``promises``: what is promised in it, as Gehoor reads that."""

    revision: int
    promises: list[str]


class OtherWayTold(Schema):
    """Another way to reach this customer."""

    way: str
    channel: str
    to: str


class AnswerTold(Schema):
    """One answer of ours. ``leaves``: until then it can be taken back by itself; ``went``: when the customer had it, as
    far as we know; ``why`` and ``remedy`` where it could not be delivered, ``otherwise`` how else."""

    id: Id
    case: Id
    voice: Id | None
    channel: str
    subject: str
    text: str
    by: str | None
    automatic: bool
    at: Moment
    leaves: Moment
    went: Moment | None
    then: str
    state: Literal["leaves", "waits", "goes", "letter", "call", "printed", "unsure", "failed", "went", "taken_back"]
    may_be_taken_back: bool
    why: str | None
    remedy: str | None
    otherwise: list[OtherWayTold]


class AnswersTold(Schema):
    """Our answers in a case, the newest first."""

    answers: list[AnswerTold]


class SentTold(Schema):
    """An answer that goes out. ``repeated``: it was asked before with the same key, and nothing was done now."""

    answer: AnswerTold
    repeated: bool


class EntryTold(Schema):
    """An entry of the answer book, in the form of the channel."""

    id: Id
    question: str
    text: str


class FittingTold(Schema):
    """Entries that fit, the best first."""

    answers: list[EntryTold]


class LettersTold(Schema):
    """Letters to be printed, and stacks that are printed and not in the post."""

    waiting: int
    printed: int


class DoneLettersTold(Schema):
    """For how many letters it was done now."""

    done: int
