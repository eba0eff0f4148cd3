"""The figures of a board letter: what customers spent in a period, and what we did with it."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from gehoor.rooms.listening.models.board import Figure
from gehoor.rooms.listening.queries import heard_condition, listened_seconds, listeners
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.weight import current_table, total_minutes

PAPER = "letter"
"""The channel that stands for what takes a customer longest."""


def said_between(since: date, until: date) -> QuerySet[Voice]:
    """The voices that were said on these days, both included; what says no date is in no period."""
    first, last = (timezone.make_aware(datetime.combine(day, time.min)) for day in (since, until + timedelta(days=1)))
    return Voice.objects.filter(said_at__gte=first, said_at__lt=last)


def count(since: date, until: date) -> dict[str, float | str]:
    """Everything that a letter can say of a period, ready for JSON. Minutes are the customers', seconds ours."""
    voices, table = said_between(since, until), current_table()
    unheard = voices.filter(~heard_condition())
    letters = voices.filter(channel=PAPER)
    return {
        "voices": voices.count(),
        "customer_minutes": total_minutes(voices, table),
        "table": table.name,
        "listened_seconds": listened_seconds(since, until),
        "listeners": listeners(since, until),
        "unheard_voices": unheard.count(),
        "unheard_minutes": total_minutes(unheard, table),
        "letters": letters.count(),
        "letters_unheard": letters.filter(~heard_condition()).count(),
    }


def figures_for(figures: dict[str, float | str]) -> list[Figure]:
    """Which of them there is something to say with."""
    return [each for each in Figure if each != Figure.PAPER or figures["letters"]]
