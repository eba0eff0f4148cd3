"""The order in which a chat writes day, month and year: decided by the whole of it.

A number above 12 or a year of four digits decides; else the order in which time goes forward; else the sign between the
numbers, where only one order is written with it. What nothing decides is asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from gehoor.channels.chat.errors import DateOrderNeeded
from gehoor.channels.table.dates import HOME
from gehoor.kernel.clock import now

Written = tuple[str, str, str]
"""The three numbers of a date, as they stand."""


class Order(Enum):
    """Which of the three numbers is which."""

    DAY_FIRST = (2, 1, 0)
    MONTH_FIRST = (2, 0, 1)
    YEAR_FIRST = (0, 1, 2)


NAMED = {"day-first": Order.DAY_FIRST, "month-first": Order.MONTH_FIRST, "year-first": Order.YEAR_FIRST}
FIRST_YEAR = 2009
"""Before it there was no such program."""
_MOST_STEPS = 2_000_000


@dataclass(slots=True)
class Dates:
    """Gathers the dates of a chat as they pass, and decides."""

    sign: str = ""
    is_american: bool = False
    """Whether the first date is written as only Americans do: ``1/2/24, 3:04 PM``."""
    steps: list[Written] = field(default_factory=list)

    def add(self, written: Written, sign: str) -> None:
        """One more date; the same as the one before it says nothing new."""
        self.sign = self.sign or sign
        if (not self.steps or self.steps[-1] != written) and len(self.steps) < _MOST_STEPS:
            self.steps.append(written)

    def order(self, wished: str = "") -> Order:
        """The order. Raises :class:`DateOrderNeeded` when nothing decides."""
        if wished in NAMED:
            return NAMED[wished]
        possible = [each for each in Order if all(_is_date(written, each) for written in set(self.steps))]
        if not possible:
            possible = _most_often_right(self.steps)
        if any(len(written[0]) == 4 for written in self.steps):
            return Order.YEAR_FIRST
        if any(len(written[2]) == 4 for written in self.steps):
            possible = [each for each in possible if each is not Order.YEAR_FIRST] or possible
        return possible[0] if len(possible) == 1 else self._forward(possible)

    def _forward(self, possible: list[Order]) -> Order:
        """Of several, the one by which time runs forward most; else what the sign between the numbers says."""
        backward = {each: _steps_back(self.steps, each) for each in possible}
        fewest = min(backward.values())
        found = [each for each in possible if backward[each] == fewest]
        if len(found) > 1 and Order.YEAR_FIRST in found:
            found.remove(Order.YEAR_FIRST)
        if len(found) == 1:
            return found[0]
        if self.sign in {".", "-"}:
            return Order.DAY_FIRST
        if self.is_american:
            return Order.MONTH_FIRST
        raise DateOrderNeeded


def _most_often_right(steps: Iterable[Written]) -> list[Order]:
    different = set(steps)
    right = {each: sum(_is_date(written, each) for written in different) for each in Order}
    return [each for each in Order if right[each] == max(right.values())]


def _is_date(written: Written, order: Order) -> bool:
    day = _day(written, order)
    return day is not None and day <= _latest()


def _steps_back(steps: list[Written], order: Order) -> int:
    days = [day for written in steps if (day := _day(written, order)) is not None]
    return sum(later < earlier for earlier, later in pairwise(days))


def _latest() -> datetime:
    """What is said later than this was not said yet."""
    return now().replace(tzinfo=None) + timedelta(days=2)


@lru_cache(maxsize=50_000)
def _day(written: Written, order: Order) -> datetime | None:
    year, month, day = (int(written[place]) for place in order.value)
    if len(written[order.value[0]]) not in {2, 4}:
        return None
    try:
        return datetime(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def moment(written: Written, order: Order, hour: int, minute: int, second: int, half: str) -> datetime | None:
    """The moment in UTC, from time at home; None for a date or time that does not exist. ``half`` is am, pm or ""."""
    day = _day(written, order)
    if day is None or hour > 23 or minute > 59 or second > 59 or day.year < FIRST_YEAR or day > _latest():
        return None
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return day.replace(hour=hour, minute=minute, second=second, tzinfo=HOME).astimezone(UTC)
