"""This room's routes in the interface for programs."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Field, Query, Router, Schema

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import (
    Caller,
    Day,
    Id,
    Moment,
    Paging,
    caller,
    cut,
    day_of,
    needs,
    read_place,
    write_place,
)
from gehoor.rooms.accounts.refusals import ScopeMissing
from gehoor.rooms.answers.book.access import access_answer, current
from gehoor.rooms.answers.book.documents import entry_document
from gehoor.rooms.answers.book.index import find_answers
from gehoor.rooms.answers.book.listing import phrasings_by_answer
from gehoor.rooms.answers.checking.check import LONGEST_QUESTION, check
from gehoor.rooms.answers.checking.documents import check_document
from gehoor.rooms.answers.given.counting import Period
from gehoor.rooms.answers.given.document import document as agreement_document
from gehoor.rooms.answers.models import Answer
from gehoor.rooms.people.actions import access_person
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.audit import do_log_fetch
from gehoor.rooms.voices.actions import access_voice
from gehoor.rooms.voices.models import Voice

STATES = Literal["work_in_progress", "not_validated", "validated", "archived"]
_PLACE = "answers"

router = Router(tags=["answers"])


class FormTold(Schema):
    """An answer in the form of a channel."""

    manner: Literal["letter", "mail", "phone", "post"]
    language: str
    text: str


class AnswerTold(Schema):
    """An entry of the answer book, as its version says that holds now."""

    id: Id
    question: str
    text: str
    language: str
    subject: str | None
    phrasings: list[str]
    forms: list[FormTold]
    facts: list[dict[str, Any]]
    state: STATES
    audience: Literal["advisers", "customers"]
    owner: str | None
    valid_from: str | None
    valid_to: str | None
    review_on: str | None
    version: int
    at: Moment
    by: str | None


class AnswersTold(Schema):
    """Part of the book: ``total`` counts all that match, ``next`` is where the next part begins."""

    total: int
    answers: list[AnswerTold]
    next: str | None


class AnswersAsked(Paging):
    """Which entries."""

    state: Literal["", STATES] = Field("", description=sentence("Only entries that are so far."))


class HitTold(Schema):
    """An entry that may answer ``text[start:end]``, and how probable that is."""

    answer: AnswerTold
    probability: float
    start: int
    end: int


class HitsTold(Schema):
    """The entries that fit, the most probable first."""

    answers: list[HitTold]


class FindAsked(Schema):
    """A question, or a text with questions in it."""

    text: str = Field(max_length=20_000, description=sentence("What is asked, in any words."))
    limit: int = Field(3, ge=1, le=20, description=sentence("At most so many."))


class CheckAsked(Schema):
    """A draft, and what it is held against."""

    draft: str = Field(max_length=200_000, description=sentence("The answer that is about to be sent."))
    question: str = Field("", max_length=LONGEST_QUESTION, description=sentence("The question that it answers."))
    voice: UUID | None = Field(None, description=sentence("The voice that it answers; takes voices:read."))
    person: UUID | None = Field(
        None, description=sentence("The customer; what was told before counts too. Takes people:read.")
    )


class SourceEntry(Schema):
    """The entry that a draft was held against."""

    id: Id
    question: str
    version: int
    state: STATES
    owner: str | None
    since: Moment
    probability: float


class ComparedEntry(SourceEntry):
    """The same, and whether the draft agrees with it."""

    agrees: bool


class EarlierTold(Schema):
    """When, how and by whom this customer was told something before."""

    at: Moment | None
    channel: str
    adviser: str | None
    voice: Id | None


class RemarkTold(Schema):
    """Something in ``draft[start:end]`` that deserves a look."""

    severity: Literal["clash", "outdated", "condition", "not_validated"]
    kind: str
    start: int
    end: int
    sentence: str
    draft: str | None
    source: str
    quote: str
    until: str | None
    answer: SourceEntry | None
    earlier: EarlierTold | None


class Compared(Schema):
    """What the draft was held against."""

    questions: list[str]
    answers: list[ComparedEntry]
    earlier: int


class CheckTold(Schema):
    """What the check found. It never forbids anything."""

    outcome: Literal["clashes", "look", "agrees", "nothing_in_common", "nothing_to_compare", "empty"]
    remarks: list[RemarkTold]
    compared: Compared
    cut: bool
    quoted: bool
    passed_over: int


class AgreementTold(Schema):
    """Questions that at least two advisers answered, those whose answers clash first."""

    questions: list[dict[str, Any]]


class AgreementAsked(Schema):
    """A period."""

    since: Day = Field("", description=sentence("The first day, as 2025-03-01."))
    until: Day = Field("", description=sentence("The last day."))


def _document(answer: Answer, asked: Mapping[int, list[str]]) -> dict[str, Any]:
    return entry_document(answer, current(answer), asked.get(answer.pk, ()))


@router.get(
    "/answers", auth=needs("answers:read"), response=AnswersTold, summary=sentence("The entries of the answer book")
)
def answers(request: HttpRequest, asked: Query[AnswersAsked]) -> dict[str, Any]:
    found = Answer.objects.exclude(current=None).select_related("current__owner", "current__by")
    found = found.filter(current__state=asked.state) if asked.state else found
    wanted = found.filter(pk__gt=read_place(_PLACE, asked.after)[0]) if asked.after else found
    shown, last = cut(list(wanted.order_by("pk")[: asked.limit + 1]), asked.limit)
    phrasings = phrasings_by_answer([each.pk for each in shown])
    do_log_fetch(caller(request), action="fetch_answers")
    return {
        "total": found.count(),
        "answers": [_document(each, phrasings) for each in shown],
        "next": write_place(_PLACE, last.pk) if last else None,
    }


@router.post(
    "/answers/find",
    auth=needs("answers:read"),
    response=HitsTold,
    summary=sentence("The entries that answer a question"),
)
def find(request: HttpRequest, asked: FindAsked) -> dict[str, Any]:
    hits = find_answers(asked.text, asked.limit)
    phrasings = phrasings_by_answer([hit.answer.pk for hit in hits])
    do_log_fetch(caller(request), action="fetch_answers")
    told = [
        {
            "answer": entry_document(hit.answer, hit.version, phrasings.get(hit.answer.pk, ())),
            "probability": round(hit.probability, 3),
            "start": hit.start,
            "end": hit.end,
        }
        for hit in hits
    ]
    return {"answers": told}


@router.post(
    "/answers/check",
    auth=needs("answers:check"),
    response=CheckTold,
    summary=sentence("Hold a draft against the answer book, and against what a customer was told before"),
)
def check_draft(request: HttpRequest, asked: CheckAsked) -> dict[str, Any]:
    asks = caller(request)
    voice, person = _voice(asks, asked.voice), _person(asks, asked.person)
    checked = check(
        asked.draft,
        question=asked.question,
        voice=voice,
        person=person,
        with_person=asks.may("people:read"),
    )
    subject = ("person", person.public_id) if person else ("voice", voice.public_id) if voice else ("token", None)
    do_log_fetch(asks, action="answer.check", what=subject[0], public_id=subject[1])
    return check_document(checked)


def _voice(asks: Caller, public_id: UUID | None) -> Voice | None:
    if public_id is None:
        return None
    if not asks.may("voices:read"):
        raise ScopeMissing(scope="voices:read")
    return access_voice(public_id)


def _person(asks: Caller, public_id: UUID | None) -> Person | None:
    if public_id is None:
        return None
    if not asks.may("people:read"):
        raise ScopeMissing(scope="people:read")
    return access_person(public_id)


@router.get(
    "/answers/agreement",
    auth=needs("answers:read"),
    response=AgreementTold,
    summary=sentence("Whether everyone who asked the same was told the same"),
)
def agreement(request: HttpRequest, asked: Query[AgreementAsked]) -> dict[str, Any]:
    do_log_fetch(caller(request), action="fetch_answers")
    return agreement_document(Period(day_of(asked.since), day_of(asked.until)), (get_language() or "nl")[:2])


@router.get(
    "/answers/{uuid:answer}",
    auth=needs("answers:read"),
    response=AnswerTold,
    summary=sentence("One entry of the answer book"),
)
def one_answer(request: HttpRequest, answer: UUID) -> dict[str, Any]:
    found = access_answer(answer)
    do_log_fetch(caller(request), action="fetch_answers", what="answer", public_id=found.public_id)
    return _document(found, phrasings_by_answer([found.pk]))
