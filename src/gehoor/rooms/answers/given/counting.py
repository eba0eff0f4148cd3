"""How many people were told what, by how many advisers: with denominators, over a period."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.timezone import get_current_timezone, localtime

from gehoor.rooms.answers.models import Given


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included; None is open."""

    since: date | None = None
    until: date | None = None

    @property
    def condition(self) -> Q:
        """On given answers."""
        zone = get_current_timezone()
        found = Q()
        if self.since:
            found &= Q(said_at__gte=datetime.combine(self.since, time.min, zone))
        if self.until:
            found &= Q(said_at__lt=datetime.combine(self.until + timedelta(days=1), time.min, zone))
        return found

    def __bool__(self) -> bool:
        return bool(self.since or self.until)


@dataclass(slots=True)
class Count:
    """Of some answers: the persons who were told, voices of nobody known, advisers, and since when until when.

    Who gave an answer of which nobody knows the adviser counts as its channel.
    """

    answers: int = 0
    voices: set[int] = field(default_factory=set)
    persons: set[int] = field(default_factory=set)
    nameless: set[int] = field(default_factory=set)
    advisers: set[str] = field(default_factory=set)
    visits: int = 0
    first: datetime | None = None
    last: datetime | None = None

    @property
    def people(self) -> int:
        """Persons, and each voice of nobody known as one: by this is ordered."""
        return len(self.persons) + len(self.nameless)

    def add(self, row: "Row") -> None:
        """Count one more answer."""
        self.answers += 1
        self.advisers.add(row.who)
        if row.voice is None:
            self.visits += 1
        else:
            self.voices.add(row.voice)
            if row.person is None:
                self.nameless.add(row.voice)
            else:
                self.persons.add(row.person)
        if row.at is not None:
            self.first = row.at if self.first is None else min(self.first, row.at)
            self.last = row.at if self.last is None else max(self.last, row.at)


@dataclass(frozen=True, slots=True)
class Row:
    """One answer as far as it is counted."""

    question: int
    group: int
    voice: int | None
    person: int | None
    adviser: str
    channel: str
    at: datetime | None

    @property
    def who(self) -> str:
        """The adviser, or where nobody is known the channel."""
        return self.adviser or self.channel


def rows_of(given: QuerySet[Given]) -> Iterable[Row]:
    """The answers that belong to a question."""
    values = given.exclude(question=None).values_list(
        "question_id", "group", "voice_id", "voice__attribution__person_id", "adviser", "channel", "said_at"
    )
    return (Row(*row) for row in values.iterator(chunk_size=10_000))


def by_question(period: Period, questions: Collection[int] | None = None) -> dict[int, Count]:
    """The counts of every question (or of these) within a period."""
    given = Given.objects.filter(period.condition)
    if questions is not None:
        given = given.filter(question__in=questions)
    found: dict[int, Count] = defaultdict(Count)
    for row in rows_of(given):
        found[row.question].add(row)
    return dict(found)


def by_group(question: int, period: Period) -> dict[int, Count]:
    """The counts of the groups of one question within a period."""
    found: dict[int, Count] = defaultdict(Count)
    for row in rows_of(Given.objects.filter(period.condition, question=question)):
        found[row.group].add(row)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Slice:
    """A month or a channel: how many answers in it each group has. ``shares`` in the order of the groups."""

    name: str
    answers: int
    counts: tuple[int, ...]

    @property
    def shares(self) -> list[float]:
        """The part of each group."""
        return [count / self.answers for count in self.counts]


def by_month(rows: Sequence[Row], groups: int) -> list[Slice]:
    """Months ("2025-03") in which something was answered, the oldest first."""
    return _slices([(localtime(row.at).strftime("%Y-%m"), row.group) for row in rows if row.at is not None], groups)


def by_channel(rows: Sequence[Row], groups: int) -> list[Slice]:
    """Channels, that with most answers first."""
    found = _slices([(row.channel, row.group) for row in rows], groups)
    return sorted(found, key=lambda each: (-each.answers, each.name))


def _slices(places: Sequence[tuple[str, int]], groups: int) -> list[Slice]:
    counts = Counter(places)
    names = sorted({name for name, _ in places})
    tables = [(name, tuple(counts[name, group] for group in range(groups))) for name in names]
    return [Slice(name, sum(row), row) for name, row in tables]
