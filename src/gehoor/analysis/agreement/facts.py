"""What a fact is: a typed value that an answer states, where it stands, and what it is about.

Types and bounds follow TimeML (TIMEX3 ``value`` and ``mod``) and quantity normalisers such as Duckling: a value is
kept in one unit per dimension, so that twelve months and a year are the same value, while working days stay apart
from days.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


class FactKind(StrEnum):
    """What sort of thing is stated."""

    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    DATE = "date"
    PERIOD = "period"
    YES_NO = "yes_no"
    CONDITION = "condition"
    NUMBER = "number"
    """Counts, gigabytes, metres, times of the day."""


class Bound(StrEnum):
    """How a value limits."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    RANGE = "range"


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """From ``low`` to ``high`` (equal unless it is a range) in ``unit``: euro, percent, month, day, workday, hour,
    clock (minutes after midnight), GB and so on, or the word that is counted. ``inf`` says "unlimited"."""

    low: float
    high: float
    unit: str


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """Days of the calendar: from ``first`` up to ``last`` as month × 100 + day, 0 for the month where every month is
    meant or none is named. ``year`` 0 is no year, ``weekday`` 1 is Monday, 0 none. ``anchor`` is for what is only known
    from the day of writing: "today", "week", "month", "year" with ``offset`` steps from it."""

    first: int
    last: int
    year: int = 0
    weekday: int = 0
    anchor: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Polarity:
    """Yes or no to what is asked."""

    yes: bool


@dataclass(frozen=True, slots=True, order=True)
class Proviso:
    """A condition by the ideas it names. ``sort``: "if", "only" or "unless"."""

    sort: str
    ideas: tuple[str, ...]


Value: TypeAlias = Quantity | Day | Polarity | Proviso


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact at ``start`` to ``end`` of the text. ``about``: the words near it that say what it is of. ``per``:
    "once", a unit of time, or the thing it is counted by. ``role``: what part it plays, such as "fee", "notice" or
    "contact", "example" (a percentage worked out for one customer) or "quoted" (what somebody else said, and is not
    so); empty when nothing says so. ``negated``: it is denied ("not 10 %"). ``of``: what a percentage is of, a key of
    ``lexicon/bases.txt``; empty when it is not said."""

    kind: FactKind
    start: int
    end: int
    value: Value
    about: str = ""
    bound: Bound = Bound.EXACT
    per: str = "once"
    role: str = ""
    negated: bool = False
    of: str = ""
    open: str = ""
    """How a day that is a limit was said where it is not in it itself: "before", or "until", which leaves it open."""

    def says(self, language: str = "nl") -> str:
        """The value in plain figures, such as "10 %", "€ 1.250 per maand" or "ja"; ``language`` "nl" or "en"."""
        from gehoor.analysis.agreement.saying import say

        return say(self, language)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for facts that state the same, wherever they stand."""
        return (self.kind, self.value, self.bound, self.per, self.role, self.negated, self.of)

    def to_json(self) -> dict[str, Json]:
        """As JSON can hold it; :meth:`from_json` reads it back."""
        value = self.value
        fields: list[Json]
        if isinstance(value, Quantity):
            fields = ["quantity", _finite(value.low), _finite(value.high), value.unit]
        elif isinstance(value, Day):
            fields = ["day", value.first, value.last, value.year, value.weekday, value.anchor, value.offset]
        elif isinstance(value, Polarity):
            fields = ["polarity", value.yes]
        else:
            fields = ["proviso", value.sort, list(value.ideas)]
        return {
            "kind": str(self.kind),
            "start": self.start,
            "end": self.end,
            "value": fields,
            "about": self.about,
            "bound": str(self.bound),
            "per": self.per,
            "role": self.role,
            "negated": self.negated,
            "of": self.of,
            "open": self.open,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Json]) -> "Fact":
        """What :meth:`to_json` gave. Raises KeyError, TypeError or ValueError on anything else."""
        return cls(
            FactKind(str(kept["kind"])),
            _whole(kept["start"]),
            _whole(kept["end"]),
            _value(kept["value"]),
            str(kept["about"]),
            Bound(str(kept["bound"])),
            str(kept["per"]),
            str(kept["role"]),
            bool(kept["negated"]),
            str(kept.get("of", "")),
            str(kept.get("open", "")),
        )


def _finite(number: float) -> float | str:
    return "inf" if number == float("inf") else number


def _whole(kept: Json) -> int:
    if not isinstance(kept, int):
        raise TypeError(type(kept).__name__)
    return kept


def _value(kept: Json) -> Value:
    if not isinstance(kept, list) or not kept:
        raise TypeError(type(kept).__name__)
    match kept:
        case ["quantity", low, high, unit]:
            return Quantity(float(str(low)), float(str(high)), str(unit))
        case ["day", int(first), int(last), int(year), int(weekday), str(anchor), int(offset)]:
            return Day(first, last, year, weekday, anchor, offset)
        case ["polarity", bool(yes)]:
            return Polarity(yes)
        case ["proviso", str(sort), list(ideas)]:
            return Proviso(sort, tuple(map(str, ideas)))
    raise ValueError("no value")
