"""Sending an answer, taking it back, and what became of it."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import Number, Words, caller, needs, once
from gehoor.rooms.desk.answering import actions
from gehoor.rooms.desk.answering.actions import access_answer
from gehoor.rooms.desk.answering.api.shapes import AnswersTold, AnswerTold, SentTold
from gehoor.rooms.desk.answering.documents import answer_document, answer_documents
from gehoor.rooms.desk.answering.first import check_stands_last
from gehoor.rooms.desk.answering.manners import LONGEST
from gehoor.rooms.desk.cases.first import unmoved
from gehoor.rooms.desk.cases.queries import access_case
from gehoor.rooms.privacy.audit import do_log_fetch

READS, SENDS = needs("desk:read", "people:read"), needs("desk:send", "desk:read", "people:read")

router = Router()


class SendAsked(Schema):
    """An answer that goes out."""

    key: Annotated[str, Field(min_length=8, max_length=100, pattern=r"^[A-Za-z0-9_-]+$")] = Field(
        description=sentence("A key of your own for this one answer: sent again with it, it goes out once.")
    )
    text: Words = Field(min_length=1, max_length=LONGEST, description=sentence("The whole answer, with its greeting."))
    subject: Words = Field("", max_length=200, description=sentence("The subject, of a mail or letter."))
    way: Words = Field(
        min_length=1, max_length=60, description=sentence("One of the `ways` of the draft, as `email:back`.")
    )
    then: Literal["waiting_customer", "solved", "waiting_us"] = Field(
        "waiting_customer", description=sentence("How far the case is once it went.")
    )
    voice: UUID | None = Field(
        None, description=sentence("The voice that you saw last: 409 when the customer said more since.")
    )
    over: UUID | None = Field(
        None, description=sentence("An answer to the same that you have seen, on top of which this comes.")
    )
    ask: bool | None = Field(
        None, strict=True, description=sentence("Whether to ask if it helped; left out: as the desk is set.")
    )
    revision: Number | None = Field(
        None,
        description=sentence("The draft that the text stands on: what a colleague wrote in it since stays a draft."),
    )


class OtherwiseAsked(Schema):
    """In which other way."""

    way: Words = Field(min_length=1, max_length=60, description=sentence("One of the answer's `otherwise`."))


class SettleAsked(Schema):
    """What became of it."""

    arrived: bool = Field(strict=True, description=sentence("Whether it arrived; if not it is sent again."))


@router.get(
    "/desk/cases/{uuid:case}/answers",
    auth=READS,
    response=AnswersTold,
    summary=sentence("Our answers in a case, and what became of them"),
)
def answers_of_case(request: HttpRequest, case: UUID) -> dict[str, Any]:
    found = access_case(case)
    do_log_fetch(caller(request), action="fetch_desk_answers", what="case", public_id=found.public_id)
    return {"answers": answer_documents(found)}


@router.post(
    "/desk/cases/{uuid:case}/answers",
    auth=SENDS,
    response=SentTold,
    summary=sentence("Answer a case; the same request with the same key goes out once"),
)
def send(request: HttpRequest, case: UUID, asked: SendAsked) -> dict[str, Any]:
    found, by = access_case(case), caller(request).user
    channel, _, way = asked.way.partition(":")

    def answer() -> UUID:
        with unmoved(found, None):
            check_stands_last(found, asked.voice)
            made = actions.do_answer(
                found,
                asked.text,
                asked.subject,
                channel,
                by,
                way=way,
                then=asked.then,
                over=asked.over,
                ask=asked.ask,
                revision=asked.revision,
            )
        return made.public_id

    made, now = once(by, asked.key, f"answer {case} {asked.model_dump_json()}", answer)
    return {"answer": answer_document(access_answer(made)), "repeated": not now}


@router.get(
    "/desk/answers/{uuid:answer}",
    auth=READS,
    response=AnswerTold,
    summary=sentence("One answer of ours, and what became of it"),
)
def one_answer_of_ours(request: HttpRequest, answer: UUID) -> dict[str, Any]:
    found = access_answer(answer)
    do_log_fetch(caller(request), action="fetch_desk_answers", what="case", public_id=found.case.public_id)
    return answer_document(found)


@router.post(
    "/desk/answers/{uuid:answer}/take_back",
    auth=SENDS,
    response=AnswerTold,
    summary=sentence("Take an answer back while it is not on its way; its text stands in the draft again"),
)
def take_back(request: HttpRequest, answer: UUID) -> dict[str, Any]:
    actions.do_take_back(access_answer(answer), caller(request).user)
    return answer_document(access_answer(answer))


@router.post(
    "/desk/answers/{uuid:answer}/otherwise",
    auth=SENDS,
    response=AnswerTold,
    summary=sentence("Reach the customer in another way with what could not be delivered"),
)
def otherwise(request: HttpRequest, answer: UUID, asked: OtherwiseAsked) -> dict[str, Any]:
    actions.do_send_otherwise(access_answer(answer), asked.way, caller(request).user)
    return answer_document(access_answer(answer))


@router.post(
    "/desk/answers/{uuid:answer}/settle",
    auth=SENDS,
    response=AnswerTold,
    summary=sentence("Say of an answer of which nobody knew that it arrived, or send it again"),
)
def settle(request: HttpRequest, answer: UUID, asked: SettleAsked) -> dict[str, Any]:
    actions.do_settle(access_answer(answer), arrived=asked.arrived, actor=caller(request).user)
    return answer_document(access_answer(answer))
