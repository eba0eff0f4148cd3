"""Fields that routes share, as the documents of the command line write them: text, in one shape only."""

import re
from datetime import UTC, date, datetime
from typing import Annotated

from ninja import Field
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def day_of(given: str) -> date | None:
    """The day that a text names; None for no text. Raises ValueError."""
    if not given:
        return None
    if not _DAY.fullmatch(given):
        raise ValueError("a day reads as 2025-03-01")
    return date.fromisoformat(given)


def _check_day(given: str) -> str:
    day_of(given)
    return given


_DAY_SHAPE = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "const": ""}]}
Day = Annotated[str, AfterValidator(_check_day), WithJsonSchema(_DAY_SHAPE)]
"""A day, as 2025-03-01 and in no other way; empty when none is meant."""
Id = Annotated[str, WithJsonSchema({"type": "string", "format": "uuid"})]
"""A public id, as text."""
Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""A moment, ISO 8601 in UTC, as text."""

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII | re.IGNORECASE)
_YEARS = range(1900, 2200)


def check_moment(given: str) -> str:
    """The same text. Raises ValueError where it does not read as a moment."""
    if not _MOMENT.fullmatch(given):
        raise ValueError("a moment reads as 2025-03-01T09:30:00+01:00")
    return given


def moment_of(given: str | None) -> datetime | None:
    """The moment that a text names, aware, in UTC; None for none. Raises Refused for one that cannot be, as the 31st of
    February."""
    if given is None:
        return None
    try:
        found = datetime.fromisoformat(given.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        found = None
    if found is None or found.year not in _YEARS:
        raise Refused(why=sentence("there is no such moment"))
    return found


def _whole(given: object) -> object:
    return int(given) if isinstance(given, float) and given.is_integer() else given


def _without_nul(given: str) -> str:
    return given.replace("\0", " ")


When = Annotated[str, AfterValidator(check_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
"""A moment that is sent to us: ISO 8601 with its zone, as 2025-03-01T09:30:00+01:00."""
Words = Annotated[str, AfterValidator(_without_nul)]
"""What somebody wrote. NUL, which no database keeps, becomes a space."""
Whole = BeforeValidator(_whole)
"""Beside the limits of a whole number, which stand before it: 3.0 is 3, as JSON says; text and true are none."""
Number = Annotated[int, Field(strict=True, ge=0, le=2**53 - 1), Whole]
"""A whole number from nought on."""
Key = Annotated[str, Field(max_length=100, pattern=r"^[A-Za-z0-9_-]*$")]
"""By which a request that is sent again is known (``once``); empty: it is done each time."""
