"""The routes of promises in the interface for programs."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from pydantic import AfterValidator, WithJsonSchema

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import (
    Key,
    Number,
    Paging,
    When,
    Words,
    caller,
    day_of,
    moment_of,
    needs,
    once,
    read_place,
    write_place,
)
from gehoor.rooms.accounts.interface.fields import check_moment
from gehoor.rooms.desk.cases.actions import access_colleague
from gehoor.rooms.desk.cases.queries import access_case, family_of
from gehoor.rooms.desk.models import Promise, PromiseStep
from gehoor.rooms.desk.promises import actions
from gehoor.rooms.desk.promises.actions import WHAT_LENGTH, WHY_LENGTH, access_promise
from gehoor.rooms.desk.promises.documents import promise_documents, whole_promise_document
from gehoor.rooms.desk.promises.listing import Which, how_many, page
from gehoor.rooms.desk.promises.queries import end_of_day, of_person, to_whom
from gehoor.rooms.desk.promises.shapes import PromisesTold, WholePromiseTold
from gehoor.rooms.desk.versions import unchanged
from gehoor.rooms.people.actions import access_person
from gehoor.rooms.privacy.audit import do_log_fetch

READS, WRITES = needs("desk:read", "people:read"), needs("desk:write", "desk:read", "people:read")
WHICH = Literal["today", "late", "week", "mine", "proposed", "open", "settled"]
_DAY = len("2025-03-01")

router = Router(tags=["desk"])


def _check_due(given: str) -> str:
    if len(given) != _DAY:
        return check_moment(given)
    day_of(given)
    return given


_DUE_SHAPE = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
Due = Annotated[str, AfterValidator(_check_due), WithJsonSchema(_DUE_SHAPE)]
"""By when: a moment, or a day for the whole of that day."""


def _due(given: str | None) -> datetime | None:
    if given is None or len(given) != _DAY:
        return moment_of(given)
    noon = moment_of(f"{given}T12:00:00Z")
    return end_of_day(noon) if noon is not None else None


class PromisesAsked(Paging):
    """The lists of the page of promises."""

    which: WHICH = Field("open", description=sentence("Which list, as the tabs of the page."))
    person: UUID | None = Field(None, description=sentence("Only to this customer."))
    case: UUID | None = Field(None, description=sentence("Only in this case, and what was made one with it."))

    def only(self) -> Q:
        """As queries have it. Raises NotFound."""
        found = of_person(access_person(self.person).pk) if self.person is not None else Q()
        return found & Q(case__in=family_of(access_case(self.case))) if self.case is not None else found


class Settling(Schema):
    """What every act can be held to."""

    version: Number | None = Field(
        None, description=sentence("The `version` that you saw: 409 when it was changed since. Left out: never.")
    )


class WithWhy(Settling):
    """With a reason."""

    why: Words = Field("", max_length=WHY_LENGTH, description=sentence("Why; may be left out."))


class MakeAsked(Schema):
    """A promise to the customer of a case, or to a person."""

    what: Words = Field(min_length=1, max_length=WHAT_LENGTH, description=sentence("What we promised."))
    due: Due | None = Field(None, description=sentence("By when: a moment, or a day; null: no time was named."))
    case: UUID | None = Field(None, description=sentence("In which case; this or `person`."))
    person: UUID | None = Field(None, description=sentence("To whom; this or `case`."))
    owner: UUID | None = Field(None, description=sentence("The colleague who sees to it; left out: you."))
    key: Key = Field("", description=sentence("A key of your own: sent again with it, it is done once."))


class RightAsked(Settling):
    """What was read or written down wrongly; what is left out stays."""

    what: Words = Field("", max_length=WHAT_LENGTH, description=sentence("What we promised."))
    due: Due | None = Field(None, description=sentence("By when: a moment, or a day; null: no time was named."))
    owner: UUID | None = Field(None, description=sentence("The colleague who sees to it; null: nobody."))

    def changes(self) -> dict[str, Any]:
        """As actions have it. Raises NotFound for a colleague who is not there."""
        given: dict[str, Any] = {}
        if self.what.strip():
            given["what"] = self.what
        if "due" in self.model_fields_set:
            given["due_at"] = _due(self.due)
        if "owner" in self.model_fields_set:
            given["owner"] = access_colleague(str(self.owner)) if self.owner else None
        return given


class KeepAsked(WithWhy):
    """That it was kept."""

    at: When | None = Field(None, description=sentence("When we did it; left out: in time."))


class AnewAsked(WithWhy):
    """What the customer was told instead."""

    due: Due | None = Field(description=sentence("By when now: a moment, or a day; null: no time was named."))
    what: Words = Field("", max_length=WHAT_LENGTH, description=sentence("What we promise now; empty: the same."))
    told: When | None = Field(None, description=sentence("When the customer was told; left out: just now."))


def _place(which: Which, given: str) -> Promise | None:
    if not given:
        return None
    pk, due, made, settled = read_place(f"promises.{which}", given)
    due_at, made_at, settled_at = (datetime.fromisoformat(str(each)) if each else None for each in (due, made, settled))
    place = Promise(pk=pk, due_at=due_at, settled_at=settled_at)
    place.made_at = made_at or place.made_at
    return place


def _next(which: Which, last: Promise | None) -> str | None:
    if last is None:
        return None
    moments = [each.isoformat() if each else None for each in (last.due_at, last.made_at, last.settled_at)]
    return write_place(f"promises.{which}", last.pk, *moments)


@router.get(
    "/desk/promises", auth=READS, response=PromisesTold, summary=sentence("What we promised, what is due first before")
)
def promises(request: HttpRequest, asked: Query[PromisesAsked]) -> dict[str, Any]:
    asks, which, only = caller(request), Which[asked.which.upper()], asked.only()
    found, last = page(which, asks.user, _place(which, asked.after), most=asked.limit, only=only)
    do_log_fetch(asks, action="fetch_promises")
    return {
        "total": how_many(which, asks.user, only),
        "promises": promise_documents(found),
        "next": _next(which, last),
    }


@router.get(
    "/desk/promises/{uuid:promise}",
    auth=READS,
    response=WholePromiseTold,
    summary=sentence("One promise, and what became of it"),
)
def one_promise(request: HttpRequest, promise: UUID) -> dict[str, Any]:
    found = access_promise(promise)
    do_log_fetch(caller(request), action="fetch_promise", what="promise", public_id=found.public_id)
    return whole_promise_document(found)


@router.post(
    "/desk/promises",
    auth=WRITES,
    response=WholePromiseTold,
    summary=sentence("Write down a promise to the customer of a case, or to a person"),
)
def make(request: HttpRequest, asked: MakeAsked) -> dict[str, Any]:
    by = caller(request).user
    if (asked.case is None) == (asked.person is None):
        raise Refused(why=sentence("a promise is made to someone: in a case, or to a person"))
    case, person = to_whom(str(asked.case or ""), str(asked.person or ""))
    owner = access_colleague(str(asked.owner)) if asked.owner is not None else None
    due = _due(asked.due)
    made, _ = once(
        by,
        asked.key,
        f"promise {asked.model_dump_json()}",
        lambda: actions.do_promise(person, asked.what, due, by, case=case, owner=owner).public_id,
    )
    return _now(made)


@router.post(
    "/desk/promises/{uuid:promise}/confirm",
    auth=WRITES,
    response=WholePromiseTold,
    summary=sentence("Say that what was found in an answer is a promise, with corrections"),
)
def confirm(request: HttpRequest, promise: UUID, asked: RightAsked) -> dict[str, Any]:
    found, changes = access_promise(promise), asked.changes()
    with unchanged(found, PromiseStep, "promise", asked.version):
        actions.do_confirm(found, caller(request).user, changes)
    return _now(promise)


@router.post(
    "/desk/promises/{uuid:promise}/correct",
    auth=WRITES,
    response=WholePromiseTold,
    summary=sentence("Say that what, by when or who sees to it is otherwise; of a proposal this confirms it too"),
)
def correct(request: HttpRequest, promise: UUID, asked: RightAsked) -> dict[str, Any]:
    found, changes = access_promise(promise), asked.changes()
    with unchanged(found, PromiseStep, "promise", asked.version):
        actions.do_set_right(found, changes, caller(request).user)
    return _now(promise)


@router.post(
    "/desk/promises/{uuid:promise}/reject",
    auth=WRITES,
    response=WholePromiseTold,
    summary=sentence("Say that it is no promise"),
)
def reject(request: HttpRequest, promise: UUID, asked: WithWhy) -> dict[str, Any]:
    found = access_promise(promise)
    with unchanged(found, PromiseStep, "promise", asked.version):
        actions.do_say_none(found, caller(request).user, asked.why)
    return _now(promise)


@router.post(
    "/desk/promises/{uuid:promise}/keep",
    auth=WRITES,
    response=WholePromiseTold,
    summary=sentence("Say that a promise was kept"),
)
def keep(request: HttpRequest, promise: UUID, asked: KeepAsked) -> dict[str, Any]:
    found, at = access_promise(promise), moment_of(asked.at)
    with unchanged(found, PromiseStep, "promise", asked.version):
        actions.do_keep(found, caller(request).user, asked.why, at)
    return _now(promise)


@router.post(
    "/desk/promises/{uuid:promise}/break",
    auth=WRITES,
    response=WholePromiseTold,
    summary=sentence("Say that a promise was not kept, or not in time"),
)
def break_(request: HttpRequest, promise: UUID, asked: WithWhy) -> dict[str, Any]:
    found = access_promise(promise)
    with unchanged(found, PromiseStep, "promise", asked.version):
        actions.do_break(found, caller(request).user, asked.why)
    return _now(promise)


@router.post(
    "/desk/promises/{uuid:promise}/renegotiate",
    auth=WRITES,
    response=WholePromiseTold,
    summary=sentence("Say that the customer was told another time; the promise that stands in its place"),
)
def renegotiate(request: HttpRequest, promise: UUID, asked: AnewAsked) -> dict[str, Any]:
    found, due, told = access_promise(promise), _due(asked.due), moment_of(asked.told)
    with unchanged(found, PromiseStep, "promise", asked.version):
        made = actions.do_renegotiate(found, due, caller(request).user, what=asked.what, told_at=told, why=asked.why)
    return _now(made.public_id)


@router.post(
    "/desk/promises/{uuid:promise}/undo",
    auth=WRITES,
    response=WholePromiseTold,
    summary=sentence("Undo the last step of a promise"),
)
def undo(request: HttpRequest, promise: UUID, asked: Settling) -> dict[str, Any]:
    found = access_promise(promise)
    with unchanged(found, PromiseStep, "promise", asked.version):
        actions.do_undo(found, caller(request).user)
    return _now(promise)


def _now(promise: UUID) -> dict[str, Any]:
    return whole_promise_document(access_promise(promise))
