"""An entry as one calm row of a list."""

from typing import Any

from django.utils import timezone

from gehoor.rooms.answers.book.access import current
from gehoor.rooms.answers.book.content import is_valid_on
from gehoor.rooms.answers.book.listing import first_line
from gehoor.rooms.answers.book.naming import AUDIENCE_NAMES, STATE_NAMES, STATE_TONES
from gehoor.rooms.answers.models import Answer, Audience


def row_of(answer: Answer) -> dict[str, Any]:
    """What a list shows of an entry."""
    now = current(answer)
    today = timezone.localdate()
    return {
        "answer": answer,
        "version": now,
        "line": first_line(now.text),
        "state": STATE_NAMES[now.state],
        "tone": STATE_TONES[now.state],
        "audience": AUDIENCE_NAMES[now.audience] if now.audience == Audience.CUSTOMERS else "",
        "holds": is_valid_on(now, today),
        "begins": now.valid_from if now.valid_from and now.valid_from > today else None,
    }
