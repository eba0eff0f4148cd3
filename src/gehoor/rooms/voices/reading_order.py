"""Before and after one voice in the order of a search, without reading what lies between.

The orders are those of ``search.find``; every one ends on the primary key, so that no two voices tie.
"""

from django.db.models import Q, QuerySet

from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.search import Filters, find


def after(filters: Filters, voice: Voice) -> QuerySet[Voice]:
    """What the search gives after this voice, nearest first."""
    return find(filters).filter(_beyond(filters.order, voice, forward=True))


def before(filters: Filters, voice: Voice) -> QuerySet[Voice]:
    """What the search gives before this voice, nearest first."""
    return find(filters).filter(_beyond(filters.order, voice, forward=False)).reverse()


def _beyond(order: str, voice: Voice, *, forward: bool) -> Q:
    if order == "longest":
        return _past("words", voice.words, voice.pk, "lt" if forward else "gt")
    sign = "gt" if (order == "oldest") is forward else "lt"
    if voice.said_at is None:
        undated = Q(said_at=None, **{f"id__{sign}": voice.pk})
        return undated if forward else undated | Q(said_at__isnull=False)
    dated = _past("said_at", voice.said_at, voice.pk, sign)
    return dated | Q(said_at=None) if forward else dated


def _past(field: str, value: object, pk: int, sign: str) -> Q:
    """Past a value, or at it with a key past ``pk``; said first as a range, which an index can walk."""
    exactly = Q(**{f"{field}__{sign}": value}) | Q(**{field: value, f"id__{sign}": pk})
    return Q(**{f"{field}__{sign}e": value}) & exactly
