"""By when someone will hear from us, from our own record; and whether what we said came true."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language

from gehoor.analysis.hours.expecting import half_day, say_by, waited
from gehoor.kernel.clock import now
from gehoor.rooms.desk.clocks.hours import current_hours
from gehoor.rooms.desk.clocks.record import AT_ONCE, first_answers
from gehoor.rooms.desk.models import Answer, Clock, ClockKind, Hours

SHARE = 0.8
LOOKED_BACK = timedelta(days=90)
FEWEST = 20
_ANY = ""
_KEPT_SECONDS = 900


def expected_answer_by(channel: str, at: datetime) -> datetime | None:
    """The time by which 80 % of who wrote in this channel had an answer, for who writes at ``at``; None when our record
    is too small to say. In whole half days (noon, or the end of the working day), never sooner than the record says.

    The record: first answers of the 90 days before ``at`` with who still waited then; where the channel has fewer than
    20 answers, all channels in which people write together.
    """
    record = _minutes_by_channel(at)
    minutes = record[channel] if channel in record else record.get(_ANY)
    if minutes is None:
        return None
    hours = current_hours()
    return half_day(hours.add(at, minutes), hours)


def said_to_expect(moment: datetime, at: datetime | None = None, language: str = "") -> str:
    """That moment in words, for whom we tell it at ``at`` (now): "uiterlijk dinsdag voor 12.00 uur", "by 12:00 on
    Tuesday". In the language of the one who looks unless another is given."""
    spoken = language or get_language() or "nl"
    return say_by(moment, at or now(), "nl" if spoken.startswith("nl") else "en", current_hours().zone)


def expected_now() -> list[tuple[str, str]]:
    """What we would tell now who writes in each channel of which we can say it: the channel, and the moment in words.
    The channel is empty for all others together."""
    at = now()
    found = ((channel, expected_answer_by(channel, at)) for channel in sorted(_minutes_by_channel(at)))
    said = [(channel, said_to_expect(moment, at)) for channel, moment in found if moment is not None]
    return sorted(((channel, words) for channel, words in said if channel not in AT_ONCE), key=lambda each: not each[0])


def _minutes_by_channel(at: datetime) -> Mapping[str, float | None]:
    """Business minutes within which 80 % heard, by channel and for all together (""), where there are enough; None
    where too many still wait to say. Kept for a quarter of an hour."""
    version = Hours.objects.filter(undone=False).order_by("-id").values_list("id", flat=True).first()
    key = f"desk-expected:{version}:{int(at.timestamp()) // _KEPT_SECONDS}"
    found: Mapping[str, float | None] | None = cache.get(key)
    if found is None:
        found = _measure(at)
        cache.set(key, found, _KEPT_SECONDS)
    return found


def _measure(at: datetime) -> Mapping[str, float | None]:
    heard: dict[str, list[float]] = defaultdict(list)
    waiting: dict[str, list[float]] = defaultdict(list)
    for each in first_answers(at - LOOKED_BACK, at):
        whose = waiting if each.at is None else heard
        whose[each.channel].append(each.minutes)
        if each.channel not in AT_ONCE:
            whose[_ANY].append(each.minutes)
    enough = (channel for channel, spent in heard.items() if len(spent) >= FEWEST)
    return {channel: waited(heard[channel], waiting[channel], SHARE) for channel in enough}


@dataclass(frozen=True, slots=True)
class WordKept:
    """How often a time that we named came true. ``open`` are those whose time has not come yet."""

    named: int
    kept: int
    open: int

    @property
    def share(self) -> float | None:
        """Of the times that came, those that came true; None while none did."""
        return self.kept / self.named if self.named else None


def word_kept(since: datetime, until: datetime) -> WordKept:
    """Of the times that an acknowledgement named for a moment in a period: in how many the customer had an answer by
    then. An answer is one that ends a wait, not a note and not another acknowledgement."""
    named = Answer.objects.filter(
        automatic=True, taken_back=False, failed=[], promised_for__gte=since, promised_for__lt=until
    )
    heard = Clock.objects.filter(
        ~Q(kind=ClockKind.RESOLUTION),
        case=OuterRef("case"),
        ended_at__lte=OuterRef("promised_for"),
        ended_at__gte=OuterRef("at"),
    )
    rows = list(named.annotate(heard=Exists(heard)).values_list("heard", "promised_for"))
    moment = now()
    kept = sum(came for came, _ in rows)
    waits = sum(not came and promised_for is not None and promised_for > moment for came, promised_for in rows)
    return WordKept(len(rows) - waits, kept, waits)
