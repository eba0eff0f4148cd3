"""All changes by how far they are, with who asked, and what is next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils import timezone

from gehoor.kernel.language import sentence
from gehoor.rooms.changes.asked import Asked, asked_for
from gehoor.rooms.changes.log import standings
from gehoor.rooms.changes.measuring import HEADLINES, Outcomes
from gehoor.rooms.changes.models import Change
from gehoor.rooms.changes.outcomes import outcomes_of
from gehoor.rooms.changes.standing import Stage, Standing
from gehoor.rooms.changes.telling import Reached, answer_of, reached


class Place(StrEnum):
    """Where a change stands on the board: its stage, and when done, whether people were told and it was measured."""

    ASKED = "asked"
    LATER = "later"
    YES = "yes"
    DOING = "doing"
    DONE = "done"
    TOLD = "told"
    MEASURED = "measured"
    NO = "no"


PLACE_NAMES = {
    Place.ASKED: sentence("Asked"),
    Place.LATER: sentence("Later"),
    Place.YES: sentence("Decided: yes"),
    Place.DOING: sentence("At it"),
    Place.DONE: sentence("Done"),
    Place.TOLD: sentence("Told"),
    Place.MEASURED: sentence("Measured"),
    Place.NO: sentence("No, because"),
}

WHAT_STANDS_THERE = {
    Place.ASKED: sentence("customers ask for it, and nothing was decided yet"),
    Place.LATER: sentence("looked at again on a day that was said"),
    Place.YES: sentence("we will do this"),
    Place.DOING: sentence("we are doing this"),
    Place.DONE: sentence("customers can notice it; who asked does not know yet"),
    Place.TOLD: sentence("who asked has heard it from us"),
    Place.MEASURED: sentence("whether it helped is known"),
    Place.NO: sentence("an answer too, with its reason"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One change on the board."""

    change: Change
    now: Standing
    asked: Asked
    place: Place
    reached: Reached
    outcome: Outcomes | None = None

    @property
    def headline(self) -> str:
        """Whether it helped, to be translated; empty while nobody can say."""
        return "" if self.outcome in {None, Outcomes.TOO_EARLY} else HEADLINES[Outcomes(self.outcome)]

    @property
    def place_name(self) -> str:
        """What its place is called, to be translated."""
        return PLACE_NAMES[self.place]

    @property
    def due(self) -> date | None:
        """The day on which it is looked at again, or should be done."""
        if self.now.stage == Stage.LATER and self.now.decision is not None:
            return self.now.decision.day
        if self.now.stage == Stage.DOING and self.now.doing is not None:
            return self.now.doing.day
        return None

    @property
    def overdue(self) -> bool:
        """Whether that day came."""
        return self.due is not None and self.due <= timezone.localdate()


@dataclass(frozen=True, slots=True)
class Column:
    """The changes that are equally far."""

    place: Place
    name: str
    what: str
    rows: list[Row]


def rows_of(changes: Sequence[Change]) -> list[Row]:
    """These changes with how things stand and who asked; a fixed number of queries."""
    keys = [change.pk for change in changes]
    now, asked = standings(keys), asked_for(keys)
    told = reached({pk: answer_of(each) for pk, each in now.items()})
    return [
        Row(change, now[change.pk], asked[change.pk], _place(now[change.pk], told[change.pk]), told[change.pk])
        for change in changes
    ]


def _measured(row: Row, outcome: Outcomes | None) -> Row:
    """With whether it helped; what was told and measured stands in the last place of the way."""
    row = replace(row, outcome=outcome)
    told = row.place == Place.TOLD or (row.place == Place.DONE and row.reached.told > 0)
    return replace(row, place=Place.MEASURED) if told and row.headline else row


def _place(now: Standing, told: Reached) -> Place:
    if now.stage == Stage.DONE and told.all_told:
        return Place.TOLD
    return Place(now.stage.value)


def all_rows() -> list[Row]:
    """Every change that was not taken away, what cost customers most first."""
    rows = rows_of(list(Change.objects.filter(removed=False).select_related("by").order_by("pk")))
    outcomes = outcomes_of({row.change: row.now for row in rows})
    rows = [_measured(row, outcomes.get(row.change.pk)) for row in rows]
    return sorted(rows, key=lambda row: (-row.asked.minutes, row.change.pk))


def board(rows: Sequence[Row]) -> list[Column]:
    """The columns in the order of the way, those without anything too."""
    by_place: Mapping[Place, list[Row]] = {place: [row for row in rows if row.place == place] for place in Place}
    return [Column(place, PLACE_NAMES[place], WHAT_STANDS_THERE[place], by_place[place]) for place in Place]
