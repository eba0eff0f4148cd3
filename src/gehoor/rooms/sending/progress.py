"""How far a run is, and who was told."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from gehoor.kernel.language import sentence
from gehoor.rooms.people.models import Person
from gehoor.rooms.sending.models import Delivery, Run, State
from gehoor.rooms.sending.states import OPEN

STATE_NAMES: Mapping[str, str] = {
    State.WAITING: sentence("waits"),
    State.ENDING: sentence("is going out now"),
    State.UNSURE: sentence("not sure whether it arrived"),
    State.PRINTED: sentence("printed, not in the post yet"),
    State.SENT: sentence("told"),
    State.FAILED: sentence("failed"),
    State.UNREACHABLE: sentence("cannot be reached"),
    State.NOT_WANTED: sentence("not to be told"),
}
WAYS = ("email", "letter", "call")


@dataclass(frozen=True, slots=True)
class Way:
    """One channel of a run."""

    channel: str
    counts: Mapping[str, int]
    """By state; every state is there."""

    @property
    def all(self) -> int:
        """How many people."""
        return sum(self.counts.values())

    @property
    def told(self) -> int:
        """How many were told."""
        return self.counts[State.SENT]

    @property
    def left(self) -> int:
        """How many still wait for something."""
        return sum(self.counts[state] for state in OPEN)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: over all, and for each channel that anyone is told by."""

    whole: Way
    ways: tuple[Way, ...]

    @property
    def all(self) -> int:
        """How many people are in it."""
        return self.whole.all

    @property
    def told(self) -> int:
        """How many were told."""
        return self.whole.told

    @property
    def left(self) -> int:
        """How many still wait for something: to be sent, settled, posted or called."""
        return self.whole.left

    @property
    def failed(self) -> int:
        """How many could not be told in the way that was chosen."""
        return self.whole.counts[State.FAILED]

    @property
    def unreachable(self) -> int:
        """Of how many we know no way."""
        return self.whole.counts[State.UNREACHABLE]

    @property
    def not_wanted(self) -> int:
        """How many do not want to be told, or were told under another name."""
        return self.whole.counts[State.NOT_WANTED]

    @property
    def unsure(self) -> int:
        """Of how many we do not know whether it arrived."""
        return self.whole.counts[State.UNSURE]


def progress(run: Run) -> Progress:
    """How far it is now; one query."""
    rows = run.deliveries.values_list("channel", "state").annotate(times=Count("id"))
    counts: dict[str, dict[str, int]] = {}
    for channel, state, times in rows:
        counts.setdefault(channel, dict.fromkeys(State.values, 0))[state] = times
    order = {channel: place for place, channel in enumerate(WAYS)}
    ways = [Way(each, counts[each]) for each in sorted(counts, key=lambda each: order.get(each, len(order))) if each]
    whole = {state: sum(each[state] for each in counts.values()) for state in State.values}
    return Progress(Way("", whole), tuple(ways))


def deliveries(run: Run) -> QuerySet[Delivery]:
    """Everyone in it, in the order in which they were planned."""
    return run.deliveries.select_related("person", "voice", "by", "claimed_by", "reply", "job").order_by("id")


def told(run: Run) -> QuerySet[Person]:
    """Who was told."""
    return Person.objects.filter(id__in=run.deliveries.filter(state=State.SENT).values("person"))
