"""This room's routes in the interface for programs."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import Id, Moment, caller, needs
from gehoor.rooms.needs.queries import needs_document
from gehoor.rooms.privacy.audit import do_log_fetch

router = Router(tags=["needs"])


class Counts(Schema):
    """The three honest counts; anonymous voices are in voices and minutes, never in persons."""

    voices: int
    persons: int
    anonymous: int
    customer_minutes: float


class Period(Schema):
    """When the first and the last was said."""

    first: Moment | None
    last: Moment | None


class Rank(Schema):
    """The place among the needs of the level, by each count."""

    voices: int
    persons: int
    customer_minutes: int


class Quote(Schema):
    """What somebody said, and the voice that it stands in."""

    voice: Id
    text: str


class NeedTold(Counts):
    """A need."""

    id: Id
    name: str
    rank: Rank
    loudness: Literal["loud", "weighty"] | None
    quotes: list[Quote]
    counter: list[Quote]


class NeedsTold(Schema):
    """The needs of one level, first what cost customers most."""

    table: str
    level: int
    levels: int
    total: Counts
    period: Period
    unassigned: int
    unassigned_customer_minutes: float
    needs: list[NeedTold]


class NeedsAsked(Schema):
    """Which level."""

    level: int = Field(0, ge=0, le=99, description=sentence("From 1 (broad) to fine; 0: the one that reads best."))


@router.get(
    "/needs",
    auth=needs("needs:read"),
    response=NeedsTold,
    summary=sentence("What customers are waiting for, in three honest counts"),
)
def needs_of_level(request: HttpRequest, asked: Query[NeedsAsked]) -> dict[str, Any]:
    document = needs_document(asked.level or None)
    do_log_fetch(caller(request), action="fetch_needs")
    return document
