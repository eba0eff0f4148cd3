"""From filters to voices."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from gehoor.rooms.voices.lenses import lenses
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.search.engines import engine
from gehoor.rooms.voices.search.filters import Filters
from gehoor.rooms.voices.search.query import Query, parse

_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)


def _matching(voices: QuerySet[Voice], typed: str) -> QuerySet[Voice]:
    query = parse(typed)
    if typed and not query:
        return voices.none()
    if query.wanted:
        voices = voices.filter(id__in=_matches(query))
    else:
        for term in query.unwanted:
            voices = voices.exclude(id__in=_matches(Query(wanted=(term,))))
    for phrase in query.phrases:
        voices = voices.filter(_holds(phrase))
    for phrase in query.unwanted_phrases:
        voices = voices.exclude(_holds(phrase))
    return voices


def _matches(query: Query) -> RawSQL:
    return RawSQL(*engine().match_sql(query))  # noqa: S611 fixed SQL, parameters apart


def _holds(phrase: str) -> Q:
    return Q(text__icontains=phrase) | Q(subject__icontains=phrase)


def _within(voices: QuerySet[Voice], filters: Filters) -> QuerySet[Voice]:
    if filters.since:
        voices = voices.filter(said_at__gte=_midnight(filters.since))
    if filters.until:
        voices = voices.filter(said_at__lt=_midnight(min(filters.until, _LATEST) + timedelta(days=1)))
    return voices


def _midnight(day: date) -> datetime:
    """When a day begins where the organisation is; days that no calendar reaches are brought within it."""
    return datetime.combine(min(max(day, _EARLIEST), _LATEST), time.min, ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)


def find(filters: Filters) -> QuerySet[Voice]:
    """The voices that a search asks for, in its order. Voices without a date come last."""
    voices = _within(_matching(Voice.objects.all(), filters.query), filters)
    if filters.channel:
        voices = voices.filter(channel=filters.channel)
    if filters.language:
        voices = voices.filter(understanding__language=filters.language)
    if filters.kind:
        voices = voices.filter(understanding__kind=filters.kind)
    for name, value in filters.seen_as.items():
        voices = voices.filter(lenses()[name].condition(value))
    if filters.order == "longest":
        return voices.order_by("-words", "-id")
    if filters.order == "oldest":
        return voices.order_by(F("said_at").asc(nulls_last=True), "id")
    return voices.order_by(F("said_at").desc(nulls_last=True), "-id")
