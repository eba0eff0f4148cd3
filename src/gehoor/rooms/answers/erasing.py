"""How this room erases and exports what it keeps of a person."""

from collections.abc import Mapping
from typing import Any

from gehoor.rooms.answers.given.following import do_forget
from gehoor.rooms.answers.models import Departure, Phrasing
from gehoor.rooms.privacy.rights import Subject

_AT_ONCE = 5_000


def erase(subject: Subject) -> None:
    """Forget how these voices asked, what they were told, and what was noted about answering them."""
    for start in range(0, len(subject.voices), _AT_ONCE):
        voices = subject.voices[start : start + _AT_ONCE]
        Phrasing.objects.filter(voice__in=voices).delete()
        Departure.objects.filter(voice__in=voices).delete()
    do_forget(voices=subject.voices, replies=subject.replies)
    if subject.person is not None:
        Departure.objects.filter(person=subject.person).delete()


def export(subject: Subject) -> Mapping[str, Any]:
    """Where an answer to this person departed from the book, and why."""
    rows = Departure.objects.filter(person=subject.person).order_by("at") if subject.person is not None else ()
    return {
        "departures": [
            {"at": each.at.isoformat(), "book": each.book_says, "told": each.draft_says, "why": each.why}
            for each in rows
        ]
    }
