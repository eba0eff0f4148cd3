"""The route by which a telephone system or another desk knows who is calling."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Router, Schema

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import Id, Moment, caller, needs
from gehoor.rooms.desk.calling.documents import calling_document
from gehoor.rooms.privacy.audit import do_log_fetch

router = Router(tags=["desk"])


class CallerAsked(Schema):
    """What is known of whoever calls. It is posted, so that it stands in no address and no log of addresses."""

    query: str = Field(
        min_length=1,
        max_length=300,
        description=sentence("A number, an address, a customer number, or a name as it sounds."),
    )


class RunningTold(Schema):
    """A case that is not done; ``waits_since`` is null while we wait for the customer."""

    id: Id
    title: str
    state: str
    waits_since: Moment | None
    asked: int


class PromisedTold(Schema):
    """A promise that is not settled; ``due`` is null where no time was named."""

    id: Id
    what: str
    due: Moment | None
    owner: str | None


class LastTold(Schema):
    """What we told this customer last."""

    at: Moment
    channel: str
    adviser: str | None
    text: str


class FitTold(Schema):
    """An entry of the answer book that fits what they last asked."""

    id: Id
    question: str
    text: str
    probability: float


class CallerTold(Schema):
    """One customer at this moment."""

    person: Id
    name: str
    sentence: str
    running: list[RunningTold]
    promises: list[PromisedTold]
    told: LastTold | None
    answers: list[FitTold]


class CandidateTold(Schema):
    """Someone who may be meant."""

    person: Id
    name: str


class CallingTold(Schema):
    """Who is meant: ``caller`` when it is one customer, else those who match."""

    caller: CallerTold | None
    candidates: list[CandidateTold]
    more: bool
    by_sound: bool


@router.post(
    "/desk/caller",
    auth=needs("desk:read", "people:read"),
    response=CallingTold,
    summary=sentence("Who is calling, what goes on, what was promised, and the fitting answer"),
)
def who_is_calling(request: HttpRequest, asked: CallerAsked) -> dict[str, Any]:
    asks = caller(request)
    document = calling_document(asked.query)
    one = document["caller"]
    looked = ("person", UUID(one["person"])) if one else ("token", None)
    do_log_fetch(asks, action="desk.call", what=looked[0], public_id=looked[1])
    return dict(document)
