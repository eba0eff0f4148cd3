"""Why a voice weighs what it weighs and is taken for what it is."""

from dataclasses import dataclass

from django.utils.translation import gettext

from gehoor.analysis.kind import UNSURE
from gehoor.rooms.voices.models import KindCorrection, Understanding, Voice
from gehoor.rooms.voices.weight import STANDARD, current_table, minutes_of


@dataclass(frozen=True, slots=True)
class Weight:
    """Customer minutes and how they were computed: by duration when that is known, else threshold plus words."""

    minutes: float
    by_duration: bool
    threshold: float
    words: int
    pace: float
    table: str


def weight_of(voice: Voice) -> Weight:
    """Under the table that counts now."""
    table = current_table()
    rate = table.rate(voice.channel)
    timed = voice.duration_seconds is not None
    name = table_name(table.name)
    minutes = minutes_of(voice, table)
    return Weight(minutes, timed, rate.threshold_minutes, voice.words, rate.words_per_minute, name)


def table_name(name: str) -> str:
    """A thresholds table as people call it."""
    if name == STANDARD:
        return gettext("the standard table")
    return gettext("our own table, version %(number)s") % {"number": name.rpartition(" ")[2]}


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a voice. ``cues`` are the phrases that spoke for it; ``by`` is who said so, where someone did."""

    kind: str
    cues: tuple[str, ...]
    by_person: bool
    correction: KindCorrection | None

    @property
    def unsure(self) -> bool:
        return self.kind == UNSURE


def kind_of(voice: Voice, read: Understanding | None) -> Kind | None:
    """None while the voice still has to be read."""
    if read is None:
        return None
    phrases = [phrase for phrase, kind, _ in read.cues if read.kind in {kind, UNSURE}]
    if read.kind == "question" and "?" in voice.text:
        phrases.append("?")
    correction = None
    if read.kind_by_person:
        correction = KindCorrection.objects.filter(voice=voice).select_related("actor").order_by("-id").first()
    return Kind(read.kind, tuple(dict.fromkeys(phrases)), read.kind_by_person, correction)


@dataclass(frozen=True, slots=True)
class AskShown:
    """One thing that is asked: its words, and which part of the voice's minutes it carries."""

    text: str
    share: float


def asks_of(voice: Voice) -> list[AskShown]:
    """The asks of a voice in their order; a voice of one ask needs no list."""
    asks = list(voice.asks.order_by("position"))
    total = sum(ask.words for ask in asks) or 1
    return [AskShown(" ".join(voice.text[ask.start : ask.end].split()), ask.words / total) for ask in asks]
