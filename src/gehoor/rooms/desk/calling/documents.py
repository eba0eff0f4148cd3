"""Who is calling, as programs get it: the JSON contract."""

from datetime import UTC, datetime
from typing import TypedDict

from gehoor.rooms.answers.checking.hand import at_hand
from gehoor.rooms.desk.calling.situation import LastTold, Situation, situation_of
from gehoor.rooms.people.finding import search
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.naming import name_of


class RunningDocument(TypedDict):
    """A case that is not done; ``waits_since`` is null while we wait for the customer."""

    id: str
    title: str
    state: str
    waits_since: str | None
    asked: int


class PromisedDocument(TypedDict):
    """A promise that is not settled; ``due`` is null where no time was named."""

    id: str
    what: str
    due: str | None
    owner: str | None


class ToldDocument(TypedDict):
    """What we told this customer last."""

    at: str
    channel: str
    adviser: str | None
    text: str


class FitDocument(TypedDict):
    """An entry of the answer book that fits, as it is said on the phone or in the channel of what was asked."""

    id: str
    question: str
    text: str
    probability: float


class CallerDocument(TypedDict):
    """One person at this moment."""

    person: str
    name: str
    sentence: str
    running: list[RunningDocument]
    promises: list[PromisedDocument]
    told: ToldDocument | None
    answers: list[FitDocument]


class NamedDocument(TypedDict):
    """Someone who may be meant."""

    person: str
    name: str


class CallingDocument(TypedDict):
    """Who is meant: ``caller`` when it is one person, else those who match. ``by_sound``: by how the name sounds."""

    caller: CallerDocument | None
    candidates: list[NamedDocument]
    more: bool
    by_sound: bool


def calling_document(query: str) -> CallingDocument:
    """Everything about the one person who is meant, or who may be meant."""
    found = search(query)
    one = found.persons[0] if len(found.persons) == 1 else None
    return {
        "caller": caller_document(situation_of(one, None)) if one else None,
        "candidates": [] if one else [_named(each) for each in found.persons],
        "more": found.more,
        "by_sound": found.by_sound,
    }


def _named(person: Person) -> NamedDocument:
    return {"person": str(person.public_id), "name": name_of(person)}


def caller_document(situation: Situation) -> CallerDocument:
    """One situation."""
    return {
        "person": str(situation.person.public_id),
        "name": situation.name,
        "sentence": situation.sentence,
        "running": [
            {
                "id": str(each.case.public_id),
                "title": each.title,
                "state": each.case.state,
                "waits_since": _moment(each.waits_since),
                "asked": each.asked,
            }
            for each in situation.running
        ],
        "promises": [
            {
                "id": str(each.public_id),
                "what": each.what,
                "due": _moment(each.due_at),
                "owner": each.owner.name if each.owner else None,
            }
            for each in situation.promises
        ],
        "told": _told(situation.told),
        "answers": _fits(situation),
    }


def _told(told: LastTold | None) -> ToldDocument | None:
    if told is None:
        return None
    return {"at": told.at.isoformat(), "channel": told.channel, "adviser": told.adviser or None, "text": told.text}


def _fits(situation: Situation) -> list[FitDocument]:
    if situation.last_voice is None:
        return []
    return [
        {
            "id": str(fit.answer.public_id),
            "question": fit.version.question,
            "text": fit.text,
            "probability": round(fit.probability, 3),
        }
        for fit in at_hand(situation.last_voice, with_person=False).fits
    ]


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None
