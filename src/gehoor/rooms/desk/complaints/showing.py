"""Complaints as a list shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from gehoor.rooms.desk.complaints.listing import OUTCOME_NAMES, OUTCOME_TONES
from gehoor.rooms.desk.complaints.terms import (
    NEARNESS_NAMES,
    NEARNESS_TONES,
    Nearness,
    in_time,
    nearness_of,
    today,
)
from gehoor.rooms.desk.models import Complaint
from gehoor.rooms.people.models import Person

_SHOWN = 140


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the register."""

    complaint: Complaint

    @property
    def person(self) -> Person | None:
        """Whose it is, as far as we know that."""
        person = self.complaint.person
        return person.merged_into or person if person is not None else None

    @property
    def about(self) -> str:
        """The first words."""
        words = " ".join(self.complaint.about.split())
        return words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + " …"

    @property
    def nearness(self) -> Nearness:
        """How near the last day is."""
        return nearness_of(self.complaint)

    @property
    def nearness_name(self) -> str:
        """To be translated; empty where nothing presses."""
        return NEARNESS_NAMES.get(self.nearness, "")

    @property
    def nearness_tone(self) -> str:
        """Of its tag."""
        return NEARNESS_TONES.get(self.nearness, "")

    @property
    def days_left(self) -> int:
        """To the last day; less than none when it passed."""
        return (self.complaint.final_by - today()).days

    @property
    def days_over(self) -> int:
        """Since the last day."""
        return -self.days_left

    @property
    def outcome_name(self) -> str:
        """To be translated."""
        return OUTCOME_NAMES.get(self.complaint.outcome, "")

    @property
    def outcome_tone(self) -> str:
        """Of its tag."""
        return OUTCOME_TONES.get(self.complaint.outcome, "")

    @property
    def too_late(self) -> bool:
        """Whether the final answer came after the eight weeks."""
        return self.complaint.answered_at is not None and not in_time(self.complaint)


def rows(complaints: Sequence[Complaint]) -> list[Row]:
    """These complaints, to be shown."""
    return [Row(complaint) for complaint in complaints]
