"""How promises stand: late, due, and whether a reply that came in time suggests that they were kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import cached_property

from gehoor.kernel.clock import now
from gehoor.kernel.language import sentence
from gehoor.rooms.desk.models import Promise, PromiseState
from gehoor.rooms.desk.promises.queries import end_of_today, is_whole_day
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.naming import name_of
from gehoor.rooms.voices.models import Reply

_QUOTED = 240


class Standing(StrEnum):
    """How a promise stands now: its state, and for an open one what the clock adds."""

    PROPOSED = "proposed"
    LATER = "later"
    TODAY = "today"
    LATE = "late"
    NO_TIME = "no_time"
    KEPT = "kept"
    BROKEN = "broken"
    RENEGOTIATED = "renegotiated"
    NONE = "none"


NAMES: Mapping[str, str] = {
    Standing.PROPOSED: sentence("proposed"),
    Standing.LATER: sentence("to do"),
    Standing.TODAY: sentence("due today"),
    Standing.LATE: sentence("not kept, as far as we know"),
    Standing.NO_TIME: sentence("no time named"),
    Standing.KEPT: sentence("kept"),
    Standing.BROKEN: sentence("not kept"),
    Standing.RENEGOTIATED: sentence("agreed anew in time"),
    Standing.NONE: sentence("no promise"),
}
TONES: Mapping[str, str] = {
    Standing.PROPOSED: "accent",
    Standing.TODAY: "care",
    Standing.LATE: "stop",
    Standing.BROKEN: "stop",
    Standing.KEPT: "good",
}


def standing_of(promise: Promise, moment: datetime | None = None) -> Standing:
    """How it stands at this moment."""
    if promise.state != PromiseState.OPEN:
        return Standing(promise.state)
    if promise.due_at is None:
        return Standing.NO_TIME
    if promise.due_at < (moment or now()):
        return Standing.LATE
    return Standing.TODAY if promise.due_at <= end_of_today() else Standing.LATER


def person_of(promise: Promise) -> Person | None:
    """To whom it was made: by the reply in which it stands, else by whom it was written down for."""
    if promise.reply is not None and hasattr(promise.reply, "addressing"):
        return promise.reply.addressing.person
    person = promise.person
    return person.merged_into or person if person is not None else None


@dataclass(frozen=True)
class Row:
    """A promise as a list shows it. ``answered`` is a reply to this person that came after it was made and before it
    was due, which suggests that it was kept."""

    promise: Promise
    person: Person | None
    answered: Reply | None

    @cached_property
    def standing(self) -> Standing:
        """How it stands now."""
        return standing_of(self.promise)

    @property
    def standing_name(self) -> str:
        """To be translated."""
        if self.answered is not None and self.standing == Standing.LATE:
            return sentence("kept? nobody said so")
        return NAMES[self.standing]

    @property
    def tone(self) -> str:
        """Of its tag."""
        return "care" if self.answered is not None and self.standing == Standing.LATE else TONES.get(self.standing, "")

    @property
    def who(self) -> str:
        """What the customer is called, empty where nobody knows who it is."""
        return name_of(self.person) if self.person is not None else ""

    @property
    def whole_day(self) -> bool:
        """Whether it is due on a day, at whatever time."""
        return self.promise.due_at is not None and is_whole_day(self.promise.due_at)

    @property
    def unsettled(self) -> bool:
        """Whether somebody still has to say what became of it."""
        return self.promise.state in (PromiseState.PROPOSED, PromiseState.OPEN)

    @property
    def quote(self) -> str:
        """The sentence in the answer, where it stands in one."""
        promise = self.promise
        if promise.reply is None or promise.start is None or promise.end is None:
            return ""
        words = " ".join(promise.reply.text[promise.start : promise.end].split())
        return words if len(words) <= _QUOTED else words[:_QUOTED].rsplit(" ", 1)[0] + " …"


def rows(promises: Sequence[Promise]) -> list[Row]:
    """These promises with what suggests that they were kept; one query more."""
    persons = {promise.pk: person_of(promise) for promise in promises}
    replies = _replies(promises, persons)
    return [
        Row(promise, person, _answered(promise, replies.get(person.pk, ()) if person else ()))
        for promise in promises
        for person in [persons[promise.pk]]
    ]


def _replies(promises: Iterable[Promise], persons: Mapping[int, Person | None]) -> Mapping[int, list[Reply]]:
    """What was said to these people since the first of these promises, oldest first."""
    waiting = [each for each in promises if each.state in (PromiseState.PROPOSED, PromiseState.OPEN) and each.due_at]
    whose = {person.pk for each in waiting if (person := persons[each.pk]) is not None}
    found: defaultdict[int, list[Reply]] = defaultdict(list)
    if not whose:
        return found
    since = min(each.made_at for each in waiting)
    told = Reply.objects.filter(addressing__person__in=whose, said_at__gte=since).select_related(
        "addressing", "answers"
    )
    for reply in told.defer("text", "quoted").order_by("said_at", "pk"):
        found[reply.addressing.person_id or 0].append(reply)
    return found


_SAME_MOMENT = timedelta(minutes=5)
"""A reply that comes so soon after it may be the very one in which it was promised."""


def _answered(promise: Promise, replies: Iterable[Reply]) -> Reply | None:
    if promise.due_at is None or promise.state not in (PromiseState.PROPOSED, PromiseState.OPEN):
        return None
    for reply in replies:
        at = reply.said_at
        if at is not None and reply.pk != promise.reply_id and promise.made_at + _SAME_MOMENT < at <= promise.due_at:
            return reply
    return None
