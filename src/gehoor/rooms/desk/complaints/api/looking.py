"""Looking: the register, the file of it, what is proposed, one complaint."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from ninja import Field, Query, Schema

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import Paging, Words, caller, cut, needs, read_place, write_place
from gehoor.rooms.desk.complaints.actions import CAUSE_LENGTH, access_complaint
from gehoor.rooms.desk.complaints.api.routing import router
from gehoor.rooms.desk.complaints.api.shapes import OUTCOMES, ComplaintsTold, ProposedTold, WholeComplaintTold
from gehoor.rooms.desk.complaints.documents import complaint_documents, proposed_document, whole_complaint_document
from gehoor.rooms.desk.complaints.exporting import MEDIA_TYPES, Kind, do_export
from gehoor.rooms.desk.complaints.listing import Filters, beyond, filtered
from gehoor.rooms.desk.complaints.proposing import proposed
from gehoor.rooms.privacy.audit import do_log, do_log_fetch

READS = needs("complaints:read", "people:read")
_PLACE = "complaints"


class Filtering(Schema):
    """The filters of the register."""

    year: int = Field(0, ge=0, le=2999, description=sentence("The year in which it came in; 0: any."))
    stand: Literal["", "open", "soon", "answered", "removed"] = Field(
        "", description=sentence("How it stands; `soon`: due within two weeks, or past.")
    )
    outcome: Literal["", "none", OUTCOMES] = Field("", description=sentence("How it was judged; `none`: not yet."))
    cause: Words = Field("", max_length=CAUSE_LENGTH, description=sentence("The root cause; `none`: without one."))

    def filters(self) -> Filters:
        """As the screen has them."""
        return Filters(max(self.year, 1900) if self.year else None, self.stand, self.outcome, self.cause)


class ComplaintsAsked(Filtering, Paging):
    """Which part of the register."""


class ExportAsked(Filtering):
    """In which form."""

    form: Literal["csv", "json"] = Field("csv", description=sentence("In which form the file is written."))


class ProposedAsked(Schema):
    """Which of what is proposed."""

    older: bool = Field(False, description=sentence("What was said longer ago, which is history."))
    limit: int = Field(50, ge=1, le=200, description=sentence("At most so many."))


@router.get("/desk/complaints", auth=READS, response=ComplaintsTold, summary=sentence("The register of complaints"))
def complaints(request: HttpRequest, asked: Query[ComplaintsAsked]) -> dict[str, Any]:
    filters = asked.filters()
    rows = list(beyond(filters, _place(asked.after))[: asked.limit + 1])
    shown, last = cut(rows, asked.limit)
    do_log_fetch(caller(request), action="fetch_complaints")
    return {
        "total": filtered(filters).count(),
        "complaints": complaint_documents(shown),
        "next": write_place(_PLACE, last.received_at.isoformat(), last.pk) if last else None,
    }


def _place(given: str) -> tuple[datetime, int] | None:
    if not given:
        return None
    received, pk = read_place(_PLACE, given)
    return datetime.fromisoformat(str(received)), int(pk or 0)


_LINES = {"type": "object", "properties": {"version": {"const": 1}, "complaints": {"type": "array"}}}
_FILE = {
    "responses": {
        200: {
            "description": "OK",
            "content": {"text/csv": {"schema": {"type": "string"}}, "application/json": {"schema": _LINES}},
        }
    }
}


@router.get(
    "/desk/complaints/export",
    auth=READS,
    openapi_extra=_FILE,
    summary=sentence("The register as a file, CSV or JSON, in which no cell can be taken for a formula"),
)
def export(request: HttpRequest, asked: Query[ExportAsked]) -> StreamingHttpResponse:
    kind = Kind(asked.form)
    lines = do_export(asked.filters(), kind, caller(request).user)
    return StreamingHttpResponse(lines, content_type=MEDIA_TYPES[kind])


@router.get(
    "/desk/complaints/proposed",
    auth=READS,
    response=ProposedTold,
    summary=sentence("What reads like a complaint and stands in no register yet"),
)
def what_is_proposed(request: HttpRequest, asked: Query[ProposedAsked]) -> dict[str, Any]:
    found = proposed(older=asked.older)
    do_log_fetch(caller(request), action="fetch_complaints")
    return {"total": found.count(), "proposed": [proposed_document(each) for each in found[: asked.limit]]}


@router.get(
    "/desk/complaints/{uuid:complaint}",
    auth=READS,
    response=WholeComplaintTold,
    summary=sentence("One complaint, and how it was handled"),
)
def one_complaint(request: HttpRequest, complaint: UUID) -> dict[str, Any]:
    found = access_complaint(complaint)
    do_log(actor=caller(request).user, action="complaint.look", what="complaint", public_id=found.public_id)
    return whole_complaint_document(found)
