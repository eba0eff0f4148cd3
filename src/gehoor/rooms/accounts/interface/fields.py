"""Fields that routes share, as the documents of the command line write them: text, in one shape only."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

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
