"""Genesys Cloud: the transcript of speech analytics.

``transcripts`` hold ``phrases`` with ``participantPurpose`` (``internal`` or ``external``) and times in milliseconds,
counted from 1970 or from the start of the call. ``words`` of a phrase are timed one by one where they are given.
"""

import re
from datetime import UTC, datetime

from gehoor.channels.base import Identity
from gehoor.channels.call.talk import Piece, Talk, Turn
from gehoor.channels.call.transcripts.json_values import (
    Json,
    Object,
    number_in,
    object_in,
    objects_in,
    seconds_in,
    text_in,
)

ENGINE = "Genesys Cloud"
_SINCE_1970 = 1e8
"""Seconds; more than any call lasts, so they are counted from 1970."""
_WRITTEN = re.compile(r'"mediaType"\s*:\s*"(?:message|email|chat)"')


def likeness(start: str) -> float:
    """How sure it is that a text that begins so is one: 0 to 1."""
    if '"transcripts"' not in start or _WRITTEN.search(start):
        return 0.0
    return 0.9 if '"phrases"' in start or '"participantPurpose"' in start else 0.0


def read(held: Json) -> Talk | None:
    """What was said; None when it is not of this shape."""
    whole = object_in(held)
    if not isinstance(whole.get("transcripts"), list):
        return None
    phrases = [phrase for each in objects_in(whole, "transcripts") for phrase in objects_in(each, "phrases")]
    start = _start(whole, phrases)
    return Talk(
        turns=tuple(turn for each in phrases if (turn := _turn(each, start))),
        engine=ENGINE,
        duration_seconds=seconds_in(object_in(whole, "duration"), "milliseconds"),
        said_at=_moment(start),
        conversation=text_in(whole, "conversationId"),
        identities=_callers(whole),
    )


def _start(whole: Object, phrases: list[Object]) -> float:
    """From where times are counted: when the call began, in seconds since 1970, or 0."""
    times = [time for each in phrases if (time := seconds_in(each, "startTimeMs")) is not None]
    first = min(times, default=0.0)
    if first < _SINCE_1970:
        return 0.0
    named = (seconds_in(whole, name) for name in ("startTime", "conversationStartTime"))
    return next((time for time in named if time and _SINCE_1970 < time <= first), first)


def _moment(start: float) -> datetime | None:
    return datetime.fromtimestamp(start, UTC) if _SINCE_1970 < start < 5e9 else None


def _turn(held: Object, start: float) -> Turn | None:
    words = tuple(piece for each in objects_in(held, "words") if (piece := _piece(each, start, "word", "text")))
    whole = _piece(held, start, "decoratedText", "text")
    pieces = words or ((whole,) if whole else ())
    return Turn(text_in(held, "participantPurpose"), pieces) if pieces else None


def _piece(held: Object, start: float, *names: str) -> Piece | None:
    text = text_in(held, *names)
    begins = seconds_in(held, "startTimeMs")
    if begins is not None:
        begins = max(0.0, round(begins - (start if begins >= _SINCE_1970 else 0.0), 3))
    lasts = seconds_in(object_in(held, "duration"), "milliseconds")
    ends = begins + lasts if begins is not None and lasts is not None else None
    return Piece(text, begins, ends, number_in(held, "confidence")) if text else None


def _callers(whole: Object) -> tuple[Identity, ...]:
    """The customer's number, as the call came in from it."""
    for each in objects_in(whole, "participants"):
        number = text_in(each, "ani").removeprefix("tel:")
        if text_in(each, "participantPurpose") in {"external", "customer"} and re.fullmatch(r"\+?\d{6,15}", number):
            return (Identity("phone", number),)
    return ()
