"""Writing an answer: the draft, the ways, what fits in the answer book."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema, Status

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import Whole, Words, caller, needs
from gehoor.rooms.desk.answering.api.shapes import FittingTold, KeptTold, WritingTold
from gehoor.rooms.desk.answering.composing import promised_in
from gehoor.rooms.desk.answering.documents import fitting_document, writing_document
from gehoor.rooms.desk.answering.drafting import do_discard_draft, do_keep_draft
from gehoor.rooms.desk.answering.errors import DraftMoved
from gehoor.rooms.desk.answering.manners import LONGEST
from gehoor.rooms.desk.cases.queries import access_case
from gehoor.rooms.privacy.audit import do_log_fetch

router = Router()


class DraftAsked(Schema):
    """What is being written."""

    text: Words = Field(max_length=2 * LONGEST, description=sentence("The answer so far."))
    subject: Words = Field("", max_length=200, description=sentence("The subject, of a mail or letter."))
    way: Words = Field("", max_length=60, description=sentence("One of the `ways` of the draft, as `email:back`."))
    revision: Annotated[int, Field(strict=True, ge=0, le=2**31 - 2), Whole] = Field(
        0, description=sentence("The `revision` that it stands on; 0 for a new draft.")
    )


class FittingAsked(Schema):
    """What about."""

    q: Words = Field("", max_length=200, description=sentence("Words to ask about; empty: what fits what was asked."))


@router.get(
    "/desk/cases/{uuid:case}/draft",
    auth=needs("desk:read", "people:read"),
    response=WritingTold,
    summary=sentence("The draft of an answer, and the ways in which it can go"),
)
def draft(request: HttpRequest, case: UUID) -> dict[str, Any]:
    found, asks = access_case(case), caller(request)
    do_log_fetch(asks, action="fetch_case", what="case", public_id=found.public_id)
    return writing_document(found, asks.user)


@router.put(
    "/desk/cases/{uuid:case}/draft",
    auth=needs("desk:write"),
    response=KeptTold,
    summary=sentence("Keep what is being written, and hear what is promised in it"),
)
def keep_draft(request: HttpRequest, case: UUID, asked: DraftAsked) -> dict[str, Any]:
    found = access_case(case)
    kept = do_keep_draft(
        found,
        text=asked.text,
        subject=asked.subject,
        way=asked.way,
        revision=asked.revision,
        actor=caller(request).user,
    )
    if not kept.kept:
        raise DraftMoved()
    return {"revision": kept.revision, "promises": [each.said for each in promised_in(asked.text)]}


@router.delete(
    "/desk/cases/{uuid:case}/draft",
    auth=needs("desk:write"),
    response={204: None},
    summary=sentence("Throw the draft away"),
)
def discard_draft(request: HttpRequest, case: UUID) -> Status[None]:
    do_discard_draft(access_case(case), caller(request).user)
    return Status(204, None)


@router.get(
    "/desk/cases/{uuid:case}/fitting",
    auth=needs("desk:read", "answers:read"),
    response=FittingTold,
    summary=sentence("Entries of the answer book that fit a case, in the form of its channel"),
)
def fitting(request: HttpRequest, case: UUID, asked: Query[FittingAsked]) -> dict[str, Any]:
    found = access_case(case)
    do_log_fetch(caller(request), action="fetch_case", what="case", public_id=found.public_id)
    return fitting_document(found, asked.q.strip())
