"""Three voices word for word: drawn, not chosen, and without what points to someone."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

import numpy as np
from django.db.models import QuerySet
from django.utils.translation import gettext

from gehoor.analysis.blotting import Blot, blotted
from gehoor.analysis.needs.matter import matter
from gehoor.analysis.needs.quotes import passage, windows
from gehoor.analysis.needs.words import content_words, lemma
from gehoor.analysis.sampling import draw_by_size
from gehoor.rooms.listening.board.counting import said_between
from gehoor.rooms.listening.models.board import BoardLetter, BoardQuote
from gehoor.rooms.voices.models import Reply, Voice
from gehoor.rooms.voices.weight import current_table, minutes_expression

VOICES = 3
LONGEST = 520
"""Characters of one quote: three of them fit on the page with all else."""
_FEWEST_WORDS = 25
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Three:
    """What was drawn: voice, start and end of each quote; from how many voices, of how many customer minutes."""

    quotes: list[tuple[int, int, int]]
    drawn_from: int
    minutes: float


def draw_three(letter: BoardLetter) -> Three:
    """Three voices of the letter's period that are long enough to quote, with a chance in proportion to what it cost to
    say them; the same seed over the same voices gives the same three."""
    found = _quotable(said_between(letter.since, letter.until))
    ids, minutes = zip(*found, strict=True) if found else ((), ())
    drawn = draw_by_size(np.array(minutes, dtype=np.float64), VOICES, letter.seed)
    chosen = [ids[at] for at in drawn.chosen]
    texts = dict(Voice.objects.filter(pk__in=chosen).values_list("pk", "text"))
    quotes = [(voice, *best_passage(texts[voice])) for voice in chosen]
    return Three(quotes, len(found), float(sum(minutes)))


def _quotable(voices: QuerySet[Voice]) -> list[tuple[int, float]]:
    rows = voices.filter(words__gte=_FEWEST_WORDS).annotate(weighs=minutes_expression(current_table()))
    return list(rows.order_by("channel", "said_at", "pk").values_list("pk", "weighs"))


def best_passage(text: str) -> Span:
    """The run of sentences that says most of what the text as a whole is about."""
    said = matter(text)
    return passage(said, Counter(lemma(word) for word in content_words(said)), longest=LONGEST)


def passages(text: str) -> list[Span]:
    """What can be quoted instead, in the order of the text."""
    return windows(matter(text), LONGEST)


@cache
def _blot_name(blot: Blot, language: str) -> str:
    del language
    return gettext(blot.value)


def known_names(voices: Collection[Voice]) -> set[str]:
    """Names that may stand in these voices: of those who wrote them, and of the advisers whom they may have spoken."""
    advisers = Reply.objects.exclude(adviser="").order_by().values_list("adviser", flat=True).distinct()
    return {name for name in (*advisers[:2_000], *(voice.author for voice in voices)) if name}


def quote_of(quote: BoardQuote, names: Collection[str], language: str) -> str:
    """The words as they may stand on the letter, on one line."""
    said = quote.voice.text[quote.start : quote.end]
    return " ".join(blotted(said, names, lambda blot: _blot_name(blot, language)).split())
