"""Fields that routes share, as the documents of the command line write them: text, in one shape only."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day(given: Any) -> Any:
    if isinstance(given, str) and not _DAY.fullmatch(given):
        raise ValueError("a day reads as 2025-03-01")
    return given


Day = Annotated[date, BeforeValidator(_day)]
"""A day, as 2025-03-01 and in no other way."""
Id = Annotated[str, WithJsonSchema({"type": "string", "format": "uuid"})]
"""A public id, as text."""
Moment = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
"""A moment, ISO 8601 in UTC, as text."""
