"""What the answer book says about a question: its entry, and which version held on a day."""

from datetime import date, datetime

from django.utils.timezone import localtime

from gehoor.rooms.answers.book.content import is_valid_on
from gehoor.rooms.answers.book.index import find_answers
from gehoor.rooms.answers.given.asking import is_small_talk
from gehoor.rooms.answers.models import Answer, State, Version

SURE = 0.6
"""How probable it has to be that an entry is about a question before its answers are held against it."""


def entry_of(question: str) -> Answer | None:
    """The entry that surely is about this question; one that nobody validated yet too."""
    hits = find_answers(question, 1)
    surely = [hit for hit in hits if hit.probability >= SURE and not is_small_talk(hit.version.question)]
    return surely[0].answer if surely else None


def versions_of(answer: Answer | None) -> list[Version]:
    """The validated versions of an entry, the newest first."""
    if answer is None:
        return []
    return list(answer.versions.filter(state=State.VALIDATED, proposal="").order_by("-number"))


def held_on(versions: list[Version], moment: datetime | None) -> Version | None:
    """The version that held at a moment: validated, and valid on that day. One that does not say since when holds from
    the day that it was made. Without a moment nobody knows."""
    if moment is None:
        return None
    day = localtime(moment).date()
    return next((each for each in versions if _held(each, day)), None)


def _held(version: Version, day: date) -> bool:
    since = version.valid_from or localtime(version.at).date()
    return since <= day and is_valid_on(version, day)
