"""Our own record: how long people waited for a first answer, at the desk and in what was answered before it stood."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q, QuerySet

from gehoor.analysis.hours.acknowledging import only_acknowledges
from gehoor.channels.registry import cards
from gehoor.rooms.desk.clocks.hours import Version, version_of, versions
from gehoor.rooms.desk.models import Answer, Clock, ClockKind
from gehoor.rooms.voices.models import Reply, Voice

_HEARD_LATE = timedelta(days=7)
"""What lay this long before we heard it (an old mailbox that was taken in) says nothing of how quick we answer."""
AT_ONCE = frozenset({"call", "chat", "note", "mystery_visit"})
"""Channels in which people talk with each other at the same moment, or in which nobody waits."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One wait. ``at`` is the moment of our answer, None while they still wait; ``minutes`` the business minutes it
    took, or takes so far."""

    channel: str
    began_at: datetime
    at: datetime | None
    minutes: float


def first_answers(since: datetime, until: datetime) -> list[Heard]:
    """First answers given in a period, and the waits that began in it and had none at its end."""
    known = versions()
    return [*_at_the_desk(since, until, known), *_before_it(since, until, known)]


def _at_the_desk(since: datetime, until: datetime, known: Sequence[Version]) -> Iterator[Heard]:
    """From clocks. Time that did not count (waiting on the customer) is left out of the wait."""
    in_time = Q(case__voice__said_at=None) | Q(case__voice__heard_at__lte=F("case__voice__said_at") + _HEARD_LATE)
    answered, waits = Q(ended_at__gte=since, ended_at__lt=until), Q(began_at__gte=since, began_at__lt=until)
    still = waits & (Q(ended_at=None) | Q(ended_at__gte=until))
    rows = Clock.objects.filter(in_time, answered | still, kind=ClockKind.FIRST)
    for channel, began, runs, ended, minutes in rows.values_list(
        "case__channel", "began_at", "runs_since", "ended_at", "minutes"
    ):
        if ended is not None and ended < until:
            yield Heard(channel, began, ended, minutes)
        elif ended is not None:
            yield Heard(channel, began, None, version_of(known, None).hours.between(began, until))
        else:
            so_far = known[-1].hours.between(runs, until) if runs is not None else 0.0
            yield Heard(channel, began, None, minutes + so_far)


def _before_it(since: datetime, until: datetime, known: Sequence[Version]) -> Iterator[Heard]:
    """From replies to voices of which no case was made: the first reply to each, or in each conversation."""
    first: dict[tuple[str, int], tuple[datetime, datetime, str]] = {}
    for key, channel, began, at in _pairs(since, until):
        if key not in first or at < first[key][1]:
            first[key] = (began, at, channel)
    for began, at, channel in first.values():
        if at >= since:
            yield Heard(channel, began, at, version_of(known, at).hours.between(began, at))


def _pairs(since: datetime, until: datetime) -> Iterator[tuple[tuple[str, int], str, datetime, datetime]]:
    """Each reply up to the end of a period with the beginning of what it answers (in public the voice, elsewhere the
    conversation), for all of which something was replied in it."""
    before = Reply.objects.filter(said_at__lt=until)
    inside = before.filter(said_at__gte=since)
    replies = before.filter(
        Q(conversation__in=inside.exclude(conversation=None).values("conversation"))
        | Q(answers__in=inside.exclude(answers=None).values("answers"))
    ).exclude(pk__in=Answer.objects.exclude(reply=None).values("reply"))
    public = [kind for kind, card in cards().items() if card.public]
    begun = _beginnings(inside.exclude(channel__in=public))
    fields = ("channel", "conversation", "answers", "answers__said_at", "answers__in_case", "said_at", "text")
    for channel, conversation, answers, said_at, case, at, text in replies.values_list(*fields):
        if conversation is not None and channel not in public:
            key, began = ("conversation", conversation), begun.get(conversation)
        else:
            key, began = ("voice", answers), said_at if case is None else None
        if began is not None and began <= at and not only_acknowledges(text):
            yield key, channel, began, at


def _beginnings(replies: QuerySet[Reply]) -> dict[int, datetime]:
    """When the conversations of these replies began, but for those of which the desk has a case."""
    voices = Voice.objects.filter(conversation__in=replies.values("conversation"))
    rows = voices.values("conversation").annotate(began=Min("said_at"), cases=Count("in_case")).filter(cases=0)
    return dict(rows.values_list("conversation", "began"))
