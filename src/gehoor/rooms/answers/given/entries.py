"""What the answer book says about a question: its entry, and which version held on a day."""

from datetime import date, datetime

from django.utils.timezone import localtime

from gehoor.rooms.answers.book.content import is_valid_on
from gehoor.rooms.answers.models import Answer, State, Version


def entry_of(question: str) -> Answer | None:
    """The entry that surely is about this question."""
    del question
    return None


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
