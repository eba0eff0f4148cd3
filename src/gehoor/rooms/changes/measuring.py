"""Did it help? The asks for a change before and after the day it was done, beside what would have happened anyway.

"No effect" and "cannot tell" are answers as good as "helped". The method stands in ``docs/effect.md``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.utils import timezone

from gehoor.analysis.effect import Assumption, Effect, Reason, State, Verdict, explain, measure_effect
from gehoor.analysis.effect import Event as Moved
from gehoor.kernel.language import Sentence, sentence
from gehoor.rooms.changes.asked import Said, bases, said_for
from gehoor.rooms.changes.events import KIND_NAMES, events_between
from gehoor.rooms.changes.log import standing_of
from gehoor.rooms.changes.models import Change, Event
from gehoor.rooms.changes.series import (
    Calendar,
    Gap,
    Weekly,
    days_of,
    gaps,
    monday,
    read_calendar,
    week_of,
    weekly,
)
from gehoor.rooms.changes.series_beside import Beside, Choice, beside
from gehoor.rooms.intake.models import Item, Outcome, Source

USUAL = 0.2
"""The smallest effect that matters where nobody said what to expect: a fifth fewer or more."""
WEEKS_AFTER = 4
"""With fewer whole weeks after, it is too early to say anything."""


class Outcomes(StrEnum):
    """What is said in large letters. Each is as large as the others."""

    HELPED = "helped"
    WORSE = "worse"
    NO_EFFECT = "no_effect"
    CANNOT_TELL = "cannot_tell"
    TOO_EARLY = "too_early"


HEADLINES: Mapping[str, str] = {
    Outcomes.HELPED: sentence("It helped: fewer people ask for this."),
    Outcomes.WORSE: sentence("It did not help: more people ask for this than before."),
    Outcomes.NO_EFFECT: sentence("It made no difference that matters."),
    Outcomes.CANNOT_TELL: sentence("Whether it helped cannot be told."),
    Outcomes.TOO_EARLY: sentence("It is too early to tell whether it helped."),
}
STATE_NAMES: Mapping[State, str] = {
    State.HELD: sentence("Holds"),
    State.BROKEN: sentence("Does not hold"),
    State.UNCHECKED: sentence("Could not be checked"),
}


@dataclass(frozen=True, slots=True)
class Pace:
    """What came in a week, on average, over so many weeks."""

    weeks: int
    voices: float
    persons: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found for one change. ``fewer``: what was expected at the decision, None when nobody said."""

    outcome: Outcomes
    effect: Effect
    day: date
    fewer: float | None
    calendar: Calendar
    weekly: Weekly
    beside: Beside
    events: tuple[Event, ...]
    gaps: tuple[Gap, ...]

    @property
    def headline(self) -> str:
        """The verdict in one sentence."""
        return HEADLINES[self.outcome]

    @property
    def said(self) -> tuple[Sentence, ...]:
        """What that means, in figures."""
        return explain(self.effect)

    @property
    def expected(self) -> Sentence | None:
        """What was expected, held against what was found."""
        if self.fewer is None:
            return None
        return Sentence(sentence("Expected at the decision: {share} % fewer."), {"share": round(100 * self.fewer)})

    @property
    def paces(self) -> tuple[Pace, Pace]:
        """A week before and a week after, in all three counts, over the weeks that were used."""
        return _pace(self.weekly, self.effect.before), _pace(self.weekly, self.effect.after)

    @property
    def sure_on(self) -> date:
        """The first day on which something can be said at all."""
        return monday(_first_after(self.day) + WEEKS_AFTER) + timedelta(days=7)


def _pace(counts: Weekly, weeks: range) -> Pace:
    some, n = slice(weeks.start, weeks.stop), max(len(weeks), 1)
    parts = (float(column[some].sum()) / n for column in (counts.voices, counts.persons, counts.minutes))
    return Pace(len(weeks), *parts)


def _first_after(day: date) -> int:
    """The first whole week with the change."""
    return week_of(day + timedelta(days=6))


def measure(change: Change, choice: Choice | None = None) -> Measured | None:
    """What a change did; None where it is not done, or nobody said when."""
    done = standing_of(change)
    if done.done is None or done.done.day is None:
        return None
    fewer = None if done.decision is None else done.decision.fewer
    basis = bases([change.pk])[change.pk]
    asked = said_for({change.pk: basis})[change.pk]
    calendar = read_calendar()
    return _measure(calendar, asked, beside(calendar, basis, asked, choice or Choice()), done.done.day, fewer)


def _measure(calendar: Calendar, asked: Sequence[Said], comparison: Beside, day: date, fewer: float | None) -> Measured:
    counts = weekly(calendar, asked)
    missing = gaps(calendar, {said.channel for said in asked})
    known = events_between(*days_of(calendar, 0, max(calendar.weeks - 1, 0)))
    moved = (*(_moved(calendar, event) for event in known), *(Moved(gap.first, gap.last) for gap in missing))
    at = week_of(day) - calendar.first
    effect = _effect(
        tuple(counts.voices.tolist()),
        at,
        monday(calendar.first),
        tuple(calendar.counted(calendar.week >= 0).tolist()),
        None if comparison.counts is None else tuple(comparison.counts.tolist()),
        moved,
        min(max(fewer or USUAL, 0.01), 0.99),
        _first_after(day) - week_of(day),
    )
    early = len(effect.after) < WEEKS_AFTER and effect.reason in (Reason.NO_WEEKS_AFTER, Reason.NO_WEEKS_BEFORE)
    outcome = Outcomes.TOO_EARLY if early else Outcomes(effect.verdict.value)
    return Measured(outcome, effect, day, fewer, calendar, counts, comparison, tuple(known), tuple(missing))


def _moved(calendar: Calendar, event: Event) -> Moved:
    """An event as weeks of the series; parts outside it are cut off."""
    first, last = (week_of(each) - calendar.first for each in (event.since, event.until))
    return Moved(max(first, 0), min(last, calendar.weeks - 1))


@lru_cache(maxsize=128)
def _effect(
    counts: tuple[int, ...],
    at: int,
    first_day: date,
    exposure: tuple[int, ...],
    comparison: tuple[int, ...] | None,
    events: tuple[Moved, ...],
    smallest: float,
    transition: int,
) -> Effect:
    """Measured once for the same figures."""
    return measure_effect(
        counts,
        max(at, 0),
        first_day=first_day,
        exposure=exposure,
        comparison=comparison,
        events=events,
        smallest=smallest,
        transition=transition,
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """One week of the picture; ``week`` is its Monday. What is None is not drawn."""

    week: date
    counted: int
    fitted: float | None
    without: float | None
    low: float | None
    high: float | None


def drawn(found: Measured) -> list[Drawn]:
    """The picture, week by week."""
    modelled = {week.at: week for week in found.effect.weeks}
    rows = []
    for at, count in enumerate(found.weekly.voices.tolist()):
        week = modelled.get(at)
        without = week.without if week else None
        rows.append(
            Drawn(
                monday(found.calendar.first + at),
                count,
                week.fitted if week else None,
                without.value if without else None,
                max(0.0, without.low) if without else None,
                without.high if without else None,
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class Held:
    """An assumption as people read it."""

    text: Sentence
    state: str
    state_name: str
    figure: Sentence | None


def _held(each: Assumption) -> Held:
    figure = Sentence(each.figure, each.values) if each.figure else None
    return Held(Sentence(each.text, each.values), each.state.value, STATE_NAMES[each.state], figure)


def _not_yet_read() -> int:
    """Items that wait for an engine: what they say is in no week yet."""
    return Item.objects.filter(outcome=Outcome.WAITING).count()


def _sources_away() -> list[str]:
    """Sources that are not heard now."""
    away = Source.objects.filter(Q(paused=True) | ~Q(trouble=[]), removed=False)
    return list(away.order_by("name").values_list("name", flat=True))


def measured_context(change: Change, choice: Choice | None = None) -> dict[str, Any]:
    """Everything that ``changes/measured_part.html`` shows; ``measured`` is None where the change is not done."""
    found = measure(change, choice)
    if found is None:
        return {"measured": None}
    return {
        "measured": found,
        "measured_change": change,
        "assumptions": [_held(each) for each in found.effect.assumptions],
        "drawn": drawn(found),
        "bands": [
            {"since": each.since, "until": each.until, "name": each.name, "kind": KIND_NAMES[each.kind]}
            for each in found.events
        ],
        "before_after": found.paces,
        "missed": [(gap.channel, *days_of(found.calendar, gap.first, gap.last)) for gap in found.gaps],
        "not_yet_read": _not_yet_read(),
        "sources_away": _sources_away(),
        "weeks_first": monday(found.calendar.first),
        "weeks_last": monday(found.calendar.first + max(found.calendar.weeks, 1)) - timedelta(days=1),
        "weeks_earlier": found.calendar.earlier,
        "today": timezone.localdate(),
        "helped": found.effect.verdict is Verdict.HELPED,
    }
