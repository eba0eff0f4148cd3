"""The eight weeks: by when a complaint has its final answer, and how near that is."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from gehoor.kernel.clock import now
from gehoor.kernel.language import sentence
from gehoor.rooms.desk.models import Complaint

WEEKS = 8
"""So long the handling of a complaint may take, before a consumer can turn to the disputes body without our answer."""
KEPT_DAYS = 365
"""So long after it was handled the name, the address and the words stay in the register, whoever asks to be erased."""


class Nearness(StrEnum):
    """How near the last day is; NONE: more than two weeks, or answered."""

    NONE = ""
    TWO_WEEKS = "two_weeks"
    WEEK = "week"
    PASSED = "passed"


NEARNESS_NAMES = {
    Nearness.TWO_WEEKS: sentence("within two weeks"),
    Nearness.WEEK: sentence("within a week"),
    Nearness.PASSED: sentence("eight weeks have passed"),
}
NEARNESS_TONES = {Nearness.TWO_WEEKS: "care", Nearness.WEEK: "stop", Nearness.PASSED: "stop"}


def final_by_of(received_at: datetime) -> date:
    """The last day for the final answer: eight weeks after the day it came in, here."""
    return timezone.localdate(received_at) + timedelta(weeks=WEEKS)


def today() -> date:
    """This day, here."""
    return timezone.localdate(now())


def nearness_of(complaint: Complaint) -> Nearness:
    """How near the last day is for this complaint."""
    if complaint.answered_at is not None or complaint.removed:
        return Nearness.NONE
    left = (complaint.final_by - today()).days
    if left < 0:
        return Nearness.PASSED
    if left <= 7:
        return Nearness.WEEK
    return Nearness.TWO_WEEKS if left <= 14 else Nearness.NONE


def in_time(complaint: Complaint) -> bool | None:
    """Whether the final answer came within the eight weeks; None while that is open."""
    if complaint.answered_at is not None:
        return timezone.localdate(complaint.answered_at) <= complaint.final_by
    return False if complaint.final_by < today() else None


def kept_until(complaint: Complaint) -> date | None:
    """Until when name, address and words have to stay; None while it is not handled."""
    if complaint.answered_at is None:
        return None
    return timezone.localdate(complaint.answered_at) + timedelta(days=KEPT_DAYS)
