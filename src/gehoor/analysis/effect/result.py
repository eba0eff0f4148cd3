"""What a measurement of an effect says: a verdict, figures with intervals, and the assumptions that it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType


class Verdict(Enum):
    """What may be said about the effect of a change."""

    HELPED = "helped"
    WORSE = "worse"
    NO_EFFECT = "no_effect"
    CANNOT_TELL = "cannot_tell"


class Reason(Enum):
    """Why nothing can be told; ``NONE`` where something is."""

    NONE = "none"
    NO_WEEKS_BEFORE = "no_weeks_before"
    NO_WEEKS_AFTER = "no_weeks_after"
    TOO_FEW_ASKS = "too_few_asks"
    EVENT_COVERS = "event_covers"
    BROKEN = "broken"
    ONLY_MORE = "only_more"
    """More is asked, but nothing beside it was given: a campaign that began with the change would look the same."""
    WIDE = "wide"


class State(Enum):
    """How it stands with an assumption."""

    HELD = "held"
    BROKEN = "broken"
    UNCHECKED = "unchecked"
    """It cannot be checked with what was given."""


class Method(Enum):
    """How the effect was measured; ``NONE`` where it could not be."""

    NONE = "none"
    SEGMENTED = "segmented"
    """Segmented regression of one interrupted series."""
    CONTROLLED = "controlled"
    """The same, of the ratio to a comparison series."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something known to have moved the asks (a campaign, an outage), from week ``first`` up to and with ``last``."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, with the interval from ``low`` to ``high``."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the picture.

    ``at``: its place in the counts given. ``counted``: the asks. ``fitted``: as the model sees them. ``without``: what
    would have been asked without the change; None before it.
    """

    at: int
    counted: int
    fitted: float
    without: Estimate | None


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something that must be so for the figures to be right.

    ``name`` is stable. ``text`` is a translatable sentence, ``figure`` another one with placeholders for ``values``:
    on what the state rests; empty where it rests on nothing.
    """

    name: str
    text: str
    state: State
    figure: str = ""
    values: Mapping[str, str | int | float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change did to how many people ask for something.

    ``relative``: the change as a share of what would have been asked anyway, -0.38 for 38 % fewer; ``per_week`` and
    ``total``: asks fewer (a negative figure: more), over the weeks ``after``. These are None where nothing could be
    estimated; where only the verdict cannot be given, they are there. ``level``: of all intervals. ``before`` and
    ``after``: the weeks that were used. ``smallest``: the relative effect that would matter.
    """

    verdict: Verdict
    reason: Reason
    smallest: float
    relative: Estimate | None = None
    per_week: Estimate | None = None
    total: Estimate | None = None
    level: float = 0.95
    before: range = range(0)
    after: range = range(0)
    weeks: tuple[Week, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    method: Method = Method.NONE
    sources: tuple[str, ...] = ()

    @property
    def broken(self) -> tuple[Assumption, ...]:
        """The assumptions that do not hold."""
        return tuple(each for each in self.assumptions if each.state is State.BROKEN)
