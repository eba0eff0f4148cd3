"""The routes of those who sent the same in the interface for programs."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import Id, Moment, Number, Words, caller, needs, once
from gehoor.rooms.desk.answering.manners import LONGEST
from gehoor.rooms.desk.cases.api.shapes import DoneTold
from gehoor.rooms.desk.cases.documents import act_document, moment
from gehoor.rooms.desk.cases.first import unmoved
from gehoor.rooms.desk.cases.queries import access_case
from gehoor.rooms.desk.chorus.answering import access_chorus, do_answer_all, do_stop, under_way
from gehoor.rooms.desk.chorus.joining import do_dissolve, do_take_out
from gehoor.rooms.desk.chorus.page import cases_of, figures, own, progress
from gehoor.rooms.desk.models import Chorus
from gehoor.rooms.privacy.audit import do_log_fetch

READS = needs("desk:read", "people:read")
WRITES, SENDS = needs("desk:write"), needs("desk:send", "desk:read", "people:read")
_MOST = 1_000

router = Router(tags=["desk"])


class OwnTold(Schema):
    """What one of them said besides."""

    case: Id
    title: str
    passages: list[str]


class AllAnswerTold(Schema):
    """An answer to all of them: how many had it, how many still get it, and how many do not, as it could not reach
    them so. ``leaves``: until then nobody has it; ``ended`` is null while it goes out."""

    id: Id
    subject: str
    text: str
    english: str
    then: str
    by: str | None
    leaves: Moment
    ended: Moment | None
    stopped: bool
    told: int
    left: int
    without: int


class SameTold(Schema):
    """Many who sent the same. ``heard``: how many wait for us no more; ``cases``: the first thousand of them;
    ``dissolved``: someone said that these are different things after all."""

    id: Id
    people: int
    waiting: int
    heard: int
    first: Moment
    last: Moment
    dissolved: bool
    own: list[OwnTold]
    cases: list[Id]
    answer: AllAnswerTold | None


class AnswerAllAsked(Schema):
    """One answer to all who wait; each gets it with their own name above it."""

    key: Annotated[str, Field(min_length=8, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")] = Field(
        description=sentence("A key of your own for this one answer: sent again with it, it goes out once.")
    )
    text: Words = Field(
        min_length=1, max_length=LONGEST, description=sentence("The answer, without greeting and closing.")
    )
    english: Words = Field(
        "", max_length=LONGEST, description=sentence("The same for who writes English; empty: they wait on.")
    )
    subject: Words = Field("", max_length=200, description=sentence("The subject, of a mail or letter."))
    then: Literal["waiting_customer", "solved", "waiting_us"] = Field(
        "waiting_customer", description=sentence("How far the case is once it went.")
    )


class DissolveAsked(Schema):
    """Whether they are different things."""

    dissolved: bool = Field(
        strict=True, description=sentence("Whether these are different things; false: they are one after all.")
    )


class TakeOutAsked(Schema):
    """What it can be held to."""

    moved: Number | None = Field(
        None,
        description=sentence(
            "The `moved` that you saw: 409 when something happened to the case since. Left out: never."
        ),
    )


def _document(chorus: Chorus) -> dict[str, Any]:
    found, done = figures(chorus), progress(chorus)
    ids = cases_of(chorus).order_by("begun_at", "pk").values_list("public_id", flat=True)[:_MOST]
    return {
        "id": str(chorus.public_id),
        "people": found.people,
        "waiting": found.waiting,
        "heard": found.heard,
        "first": moment(found.first),
        "last": moment(found.last),
        "dissolved": chorus.dissolved,
        "own": [
            {"case": str(each.case.public_id), "title": each.title, "passages": each.passages} for each in own(chorus)
        ],
        "cases": [str(each) for each in ids],
        "answer": _answer(done) if done["answer"] is not None else None,
    }


def _answer(done: dict[str, Any]) -> dict[str, Any]:
    answer = done["answer"]
    return {
        "id": str(answer.public_id),
        "subject": answer.subject,
        "text": answer.text_nl,
        "english": answer.text_en,
        "then": answer.then,
        "by": answer.by.name if answer.by else None,
        "leaves": moment(answer.leaves_at),
        "ended": moment(answer.ended_at),
        "stopped": answer.stopped,
        "told": done["told"],
        "left": done["left"],
        "without": done["without_count"],
    }


@router.get(
    "/desk/same/{uuid:same}",
    auth=READS,
    response=SameTold,
    summary=sentence("Many who sent the same, what some added, and how far the answer to all is"),
)
def those_who_sent_the_same(request: HttpRequest, same: UUID) -> dict[str, Any]:
    found = access_chorus(same)
    do_log_fetch(caller(request), action="fetch_chorus", what="chorus", public_id=found.public_id)
    return _document(found)


@router.post(
    "/desk/same/{uuid:same}/answers",
    auth=SENDS,
    response=SameTold,
    summary=sentence("Answer everyone of them who waits; it leaves in a minute, and can be stopped"),
)
def answer_all(request: HttpRequest, same: UUID, asked: AnswerAllAsked) -> dict[str, Any]:
    found, by = access_chorus(same), caller(request).user

    def answer() -> UUID:
        made = do_answer_all(
            found, by, text_nl=asked.text, text_en=asked.english, subject=asked.subject, then=asked.then
        )
        return made.public_id

    once(by, asked.key, f"same {same} {asked.model_dump_json()}", answer)
    return _document(found)


@router.post(
    "/desk/same/{uuid:same}/stop",
    auth=SENDS,
    response=SameTold,
    summary=sentence("Stop an answer to all: who has not got it yet does not get it"),
)
def stop(request: HttpRequest, same: UUID) -> dict[str, Any]:
    found = access_chorus(same)
    going = under_way(found)
    if going is None:
        raise Refused(why=sentence("everyone has it already"))
    do_stop(going, caller(request).user)
    return _document(found)


@router.post(
    "/desk/same/{uuid:same}/dissolve",
    auth=needs("desk:write", "desk:read", "people:read"),
    response=SameTold,
    summary=sentence("Say that these are different things, or one after all"),
)
def dissolve(request: HttpRequest, same: UUID, asked: DissolveAsked) -> dict[str, Any]:
    do_dissolve(access_chorus(same), caller(request).user, dissolved=asked.dissolved)
    return _document(access_chorus(same))


@router.post(
    "/desk/cases/{uuid:case}/take_out",
    auth=WRITES,
    response=DoneTold,
    summary=sentence("Say that a case is something of its own, and not the same as the others"),
)
def take_out(request: HttpRequest, case: UUID, asked: TakeOutAsked) -> dict[str, Any]:
    found = access_case(case)
    with unmoved(found, asked.moved):
        return act_document(do_take_out(found, caller(request).user), found)
