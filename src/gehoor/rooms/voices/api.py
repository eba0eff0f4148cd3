"""This room's routes in the interface for programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
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
from gehoor.rooms.accounts.scopes import scopes
from gehoor.rooms.privacy.audit import do_log_fetch
from gehoor.rooms.voices.actions import access_voice
from gehoor.rooms.voices.document import documents
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.reading_order import after
from gehoor.rooms.voices.search import Filters, find

KINDS = Literal["question", "complaint", "remark", "compliment", "wish", "unsure"]

router = Router(tags=["voices"])


class AskTold(Schema):
    """A passage in which one thing is asked."""

    id: Id
    text: str
    need: Id | None = None


class SourceTold(Schema):
    """From which file it came, and which item in it."""

    file: str
    item: str


class VoiceTold(Schema):
    """One thing that one customer said. What the token was not made for is left out; what is unknown is null."""

    id: Id
    channel: str
    said_at: Moment | None
    language: str | None
    kind: KINDS | None
    text: str
    asks: list[AskTold]
    person: Id | None = None
    need: Id | None = None
    source: SourceTold | None = None
    original: str | None = None


class VoicesTold(Schema):
    """Part of a list: ``total`` counts all that match, ``next`` is where the next part begins."""

    total: int
    voices: list[VoiceTold]
    next: str | None


class VoicesAsked(Paging):
    """The filters of the search screen."""

    q: str = Field("", max_length=500, description=sentence("Words to find, in any inflection."))
    channel: str = Field("", max_length=40, description=sentence("Through which channel, as `letter`."))
    since: Day = Field("", description=sentence("The first day, as 2025-03-01."))
    until: Day = Field("", description=sentence("The last day."))
    kind: Literal["", KINDS] = Field("", description=sentence("What kind of voice."))
    language: Literal["", "nl", "en", "de", "fr", "und"] = Field("", description=sentence("In which language."))
    order: Literal["newest", "oldest"] = Field("newest", description=sentence("Which comes first."))

    def filters(self) -> Filters:
        """As the search screen has them."""
        return Filters(
            query=self.q.replace("\0", " ").strip(),
            channel=self.channel.replace("\0", " ").strip(),
            since=day_of(self.since),
            until=day_of(self.until),
            language=self.language,
            kind=self.kind,
            order=self.order,
        )


def _seen(asks: Caller) -> list[str]:
    return [scope.code for scope in scopes() if asks.may(scope.code)]


def _beyond(filters: Filters, place: str) -> QuerySet[Voice]:
    """The voices from a place on; the voice that stood there may be gone by now."""
    pk, said_at = read_place(f"voices.{filters.order}", place)
    moment = datetime.fromisoformat(str(said_at)) if said_at else None
    return after(filters, Voice(pk=pk, said_at=moment))


def _place(filters: Filters, last: tuple[int, datetime | None]) -> str:
    pk, said_at = last
    return write_place(f"voices.{filters.order}", pk, said_at.isoformat() if said_at else None)


@router.get(
    "/voices",
    auth=needs("voices:read"),
    response=VoicesTold,
    exclude_unset=True,
    summary=sentence("What customers said, newest first"),
)
def voices(request: HttpRequest, asked: Query[VoicesAsked]) -> dict[str, Any]:
    filters, asks = asked.filters(), caller(request)
    wanted = _beyond(filters, asked.after) if asked.after else find(filters)
    rows: Sequence[tuple[int, datetime | None]] = list(wanted.values_list("pk", "said_at")[: asked.limit + 1])
    shown, last = cut(rows, asked.limit)
    told = list(documents([pk for pk, _ in shown], _seen(asks)))
    do_log_fetch(asks, action="fetch_voices")
    return {"total": find(filters).count(), "voices": told, "next": _place(filters, last) if last else None}


@router.get(
    "/voices/{uuid:voice}",
    auth=needs("voices:read"),
    response=VoiceTold,
    exclude_unset=True,
    summary=sentence("One thing that one customer said"),
)
def one_voice(request: HttpRequest, voice: UUID) -> dict[str, Any]:
    found, asks = access_voice(voice), caller(request)
    told = next(documents([found.pk], _seen(asks)))
    do_log_fetch(asks, action="fetch_voice", what="voice", public_id=found.public_id)
    return told
