"""What a file says of one entry, before it is known whether the book has it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from gehoor.kernel.language import LANGUAGES, Sentence, sentence
from gehoor.rooms.answers.book.content import QUESTION_LENGTH, TEXT_LENGTH, Form
from gehoor.rooms.answers.book.facts import Stated
from gehoor.rooms.answers.book.phrasing import new_among
from gehoor.rooms.answers.models import Audience, State


@dataclass(frozen=True, slots=True)
class Incoming:
    """One question and its answer. What is None, the file does not say.

    ``place``: where in the file it stands ("row 3"). ``key``: the file's own id for it; ``own``: the public id of an
    entry, in a file that we wrote. ``owner`` is a mail address or a name.
    """

    place: str
    question: str
    text: str
    key: str = ""
    own: UUID | None = None
    phrasings: tuple[str, ...] = ()
    forms: tuple[Form, ...] | None = None
    language: str | None = None
    subject: str | None = None
    state: str | None = None
    audience: str | None = None
    owner: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    review_on: date | None = None
    says_days: bool = False
    """Whether an absent day means "none", and not "not said"."""
    facts: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read, and why."""

    place: str
    reason: Sentence

    @property
    def where(self) -> Sentence | str:
        """Its place, to be translated."""
        kind, _, number = self.place.partition(" ")
        return Sentence(_PLACES[kind], {"number": number}) if kind in _PLACES else self.place


_PLACES = {"row": sentence("row {number}"), "line": sentence("line {number}")}
Read = Incoming | Unread


def looked_at(found: Incoming) -> Read:
    """What was found, tidy; or why it is no entry."""
    question = " ".join(found.question.split())
    if not question and not found.text.strip():
        return Unread(found.place, Sentence(sentence("There is nothing in it.")))
    if not question:
        return Unread(found.place, Sentence(sentence("There is an answer, but no question.")))
    if len(question) > QUESTION_LENGTH:
        reason = sentence("The question is longer than {most} characters.")
        return Unread(found.place, Sentence(reason, {"most": QUESTION_LENGTH}))
    if not found.text.strip() and found.state != State.WORK_IN_PROGRESS:
        return Unread(found.place, Sentence(sentence("There is a question, but no answer.")))
    if max([len(found.text), *(len(form[2]) for form in found.forms or ())]) > TEXT_LENGTH:
        return Unread(found.place, Sentence(sentence("The answer is longer than {most} characters."), _MOST))
    if found.language is not None and found.language not in LANGUAGES:
        return Unread(found.place, Sentence(sentence("It is neither in Dutch nor in English.")))
    phrasings = tuple(new_among(found.phrasings, [question]))
    return replace(found, question=question, text=found.text.replace("\0", ""), phrasings=phrasings)


_MOST = {"most": TEXT_LENGTH}


def once(found: Iterable[Read]) -> Iterator[Read]:
    """Each entry once: the first with a key, or with a question where there is no key."""
    seen: set[tuple[str, str]] = set()
    for each in found:
        if isinstance(each, Incoming):
            key = ("key", each.key or str(each.own)) if each.key or each.own else ("question", each.question.casefold())
            if key in seen:
                yield Unread(each.place, Sentence(sentence("It stands in the file twice; the first was taken.")))
                continue
            seen.add(key)
        yield each


def read_language(written: str) -> str | None:
    """A language as files write it ("nl-NL", "Nederlands"); its own code when it is another, None for nothing."""
    plain = written.strip().casefold()
    if not plain:
        return None
    known = {"nederlands": "nl", "dutch": "nl", "engels": "en", "english": "en"}
    return known.get(plain, re.split(r"[-_]", plain)[0][:8])


_STATES = {
    State.WORK_IN_PROGRESS: "concept draft wip in bewerking work in progress in behandeling being worked on",
    State.NOT_VALIDATED: "niet gevalideerd not validated te valideren te controleren review to be validated",
    State.VALIDATED: "gevalideerd validated goedgekeurd approved gepubliceerd published actief active live",
    State.ARCHIVED: "gearchiveerd archived archief vervallen ingetrokken inactive inactief",
}


def read_state(written: str) -> str | None:
    """A state as files write it; None when it is none that we know."""
    plain = re.sub(r"[\W_]+", " ", written.casefold()).strip()
    if not plain:
        return None
    exact = next((state.value for state in State if state.value.replace("_", " ") == plain), None)
    return exact or next((state.value for state, words in _STATES.items() if f" {plain} " in f" {words} "), None)


def read_audience(written: str) -> str | None:
    """For whom it is; None when the file does not say."""
    plain = written.strip().casefold()
    if not plain:
        return None
    outside = ("customers", "customer", "klanten", "klant", "extern", "external", "public", "publiek", "openbaar")
    return Audience.CUSTOMERS if plain in outside else Audience.ADVISERS


_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?!\d)")


def read_day(written: object) -> date | None:
    """A day as files write it: ISO, or the day first; None for anything else."""
    if isinstance(written, datetime):
        return written.date()
    if isinstance(written, date):
        return written
    text = str(written or "").strip()
    found = _DAY_FIRST.match(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def read_id(written: str) -> UUID | None:
    """A public id of ours, or None."""
    try:
        return UUID(written.strip())
    except ValueError:
        return None
