"""Looking: lists of cases, what moved, one case, what merging would bring about, who works at the desk."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Schema

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import REFUSES, Paging, Words, caller, cut, needs, read_place, write_place
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.actions import colleagues
from gehoor.rooms.desk.cases.api.routing import router
from gehoor.rooms.desk.cases.api.shapes import (
    SPEEDS,
    STATES,
    CasesTold,
    ColleaguesTold,
    MovedTold,
    PreviewTold,
    WholeCaseTold,
)
from gehoor.rooms.desk.cases.documents import case_documents, merge_document, moment, whole_document
from gehoor.rooms.desk.cases.listing import View
from gehoor.rooms.desk.cases.moving import newest_move
from gehoor.rooms.desk.cases.queries import access_case, person_of
from gehoor.rooms.desk.cases.selecting import Place, Wanted, moved_since, select, wanted_cases
from gehoor.rooms.desk.models import Case
from gehoor.rooms.people.actions import access_person
from gehoor.rooms.privacy.audit import LOOKED, do_log_fetch

VIEWS = Literal["waiting", "mine", "nobody", "speed", "named", "customer", "snoozed", "solved", "all", "spam"]
READS = needs("desk:read", "people:read")
_MOST_MOVED = 100


class CasesAsked(Paging):
    """The views and filters of the list."""

    view: VIEWS = Field("waiting", description=sentence("Which list, as the tabs of the desk."))
    state: Literal["", STATES] = Field("", description=sentence("Only cases that are so far."))
    priority: int = Field(0, ge=0, le=4, description=sentence("From 1 (low) to 4 (urgent); 0: any."))
    speed: Literal["", SPEEDS] = Field("", description=sentence("Whether speed matters."))
    channel: Words = Field("", max_length=40, description=sentence("Through which channel, as `letter`."))
    person: UUID | None = Field(None, description=sentence("Only of this customer."))

    def wanted(self, viewer: User) -> Wanted:
        """As queries have it. Raises NotFound for a person who is not there."""
        person = access_person(self.person) if self.person is not None else None
        view = View[self.view.upper()]
        return Wanted(view, viewer, self.state, self.priority, self.speed, self.channel.strip(), person)


class MovedAsked(Schema):
    """After which number."""

    since: int = Field(0, ge=0, le=2**53 - 1, description=sentence("The `moved` that came with what you have."))
    limit: int = Field(50, ge=1, le=_MOST_MOVED, description=sentence("At most so many."))


def _place(wanted: Wanted, given: str) -> Place | None:
    if not given:
        return None
    pk, due, moved = read_place(f"cases.{wanted.view}", given)
    return Place(int(pk or 0), datetime.fromisoformat(str(due)) if due else None, int(moved or 0))


def _next(wanted: Wanted, last: Case | None) -> str | None:
    if last is None:
        return None
    return write_place(f"cases.{wanted.view}", last.pk, moment(last.due_at), last.moved)


@router.get(
    "/desk/cases", auth=READS, response=CasesTold, summary=sentence("The cases of a view: who waits for us, first")
)
def cases(request: HttpRequest, asked: Query[CasesAsked]) -> dict[str, Any]:
    asks = caller(request)
    wanted, number = asked.wanted(asks.user), newest_move()
    shown, last = cut(select(wanted, _place(wanted, asked.after), asked.limit + 1), asked.limit)
    do_log_fetch(asks, action="fetch_cases")
    return {
        "total": wanted_cases(wanted).count(),
        "cases": case_documents(shown, asks.user),
        "next": _next(wanted, last),
        "moved": number,
    }


@router.get("/desk/cases/moved", auth=READS, response=MovedTold, summary=sentence("What moved since a number"))
def moved(request: HttpRequest, asked: Query[MovedAsked]) -> dict[str, Any]:
    asks = caller(request)
    newest = newest_move()
    found = moved_since(asked.since, asked.limit + 1)
    shown, last = cut(found, asked.limit)
    if shown:
        do_log_fetch(asks, action="fetch_cases")
    number = last.moved if last else max([newest, *(each.moved for each in shown)])
    return {"cases": case_documents(shown, asks.user), "moved": number, "more": last is not None}


@router.get(
    "/desk/cases/{uuid:case}",
    auth=READS,
    response=WholeCaseTold,
    summary=sentence("One case: what was said, done and promised, its clocks, and who is there"),
)
def one_case(request: HttpRequest, case: UUID) -> dict[str, Any]:
    asks, found = caller(request), access_case(case)
    told = whole_document(found, asks.user)
    do_log_fetch(asks, action="fetch_case", what="case", public_id=found.public_id)
    person = person_of(found)
    if person is not None:
        do_log_fetch(asks, action=LOOKED, what="person", public_id=person.public_id)
    return told


@router.get(
    "/desk/cases/{uuid:case}/merge/{uuid:other}",
    auth=READS,
    response=PreviewTold,
    openapi_extra=REFUSES,
    summary=sentence("What making two cases one would bring about"),
)
def merging(request: HttpRequest, case: UUID, other: UUID) -> dict[str, Any]:
    into, goes = access_case(case), access_case(other)
    told = merge_document(goes, into)
    do_log_fetch(caller(request), action="fetch_case", what="case", public_id=into.public_id)
    return told


@router.get(
    "/desk/colleagues", auth=needs("desk:read"), response=ColleaguesTold, summary=sentence("Who works at the desk")
)
def at_the_desk(request: HttpRequest) -> dict[str, Any]:
    return {"colleagues": [{"id": str(each.public_id), "name": each.name or each.email} for each in colleagues()]}
