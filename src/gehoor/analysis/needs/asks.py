"""A voice into asks: passages in each of which one thing is asked, said or wished.

A short voice is one ask. A long one is cut at paragraphs or sentences where the words change (lexical cohesion:
TextTiling, Hearst 1997, on sentences in place of blocks) or where the customer says that something else begins
("daarnaast", "my second question"). Greetings, sign-offs and reference lines stay with a neighbour.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from gehoor.analysis.needs.sentences import Span, paragraphs, sentences
from gehoor.analysis.needs.words import content_words, lemma
from gehoor.kernel.patterns import regex

_SHORT = 45
"""Words up to which a voice is one ask."""
_LEAST = 20
"""Words that an ask cut from a longer voice has at least."""
_WORDS_AN_ASK = 60
_MOST = 5
_TWO_PAGES = 800
"""Words up to which ``_MOST`` holds; then one more for each 200."""
_WINDOW = 3
_THRESHOLD = 0.55

_CUE = regex(
    r"^\W*(?:daarnaast|daarbij komt|verder|ook (?:wil|zou|heb|is|vind)|bovendien|tevens|overigens|tot slot"
    r"|ten (?:eerste|tweede|derde|slotte)|een ander(?:e)? (?:punt|vraag|klacht|ding)"
    r"|mijn (?:tweede|andere|volgende|laatste) "
    r"|nog (?:een|iets|wat)|dan (?:nog|de|het)|wat betreft"
    r"|besides|also,? |in addition|additionally|furthermore|moreover|another (?:thing|question|point|issue)"
    r"|secondly|thirdly"
    r"|finally|lastly|my (?:second|other|next|last) |on another|as for |separately"
    r"|\(?\d{1,2}[.)]\s|[-*\u2022\u2013]\s)",
    re.IGNORECASE,
)
"""How a customer begins something else."""
_EDGE = regex(
    r"^\W*(?:geachte|beste|lieve|hallo|hoi|goede(?:morgen|middag|navond|ndag)|dag|l\.?s\.?|aan|betreft|onderwerp|kenmerk"
    r"|(?:ons|uw) kenmerk|datum|dear|hello|hi|good (?:morning|afternoon|evening)|to whom|re:|subject|reference"
    r"|met (?:vriendelijke|hartelijke|de meeste|beleefde) ?(?:groet|groeten|hoogachting)?|hoogachtend"
    r"|vriendelijke groet"
    r"|groet|groeten|mvg|alvast (?:hartelijk )?(?:bedankt|dank)|bij voorbaat|in afwachting|ik (?:hoor|zie) graag"
    r"|kind regards|best regards|regards|yours|sincerely|with kind|many thanks|thanks|thank you|looking forward"
    r"|p\.?s\.?|bijlage|verzonden|sent from)\b",
    re.IGNORECASE,
)
"""How a letter or mail begins and ends."""
_EDGE_WORDS = 14


_SALUTATION = regex(r"^[ \t]*(?:geachte|beste|lieve|l\.?\s?s\.?,|aan wie dit leest|dear|to whom)\b", re.I | re.M)
_ADDRESS = regex(r"\b[1-9]\d{3}\s?[A-Z]{2}\b|\bpostbus \d|\bp\.?o\.? box \d", re.I)
_LONGEST_HEAD = 1_200
"""Characters that may stand above a salutation."""


def head_of(text: str) -> int:
    """Where a letter begins to speak: after the addresses and lines of reference above its salutation; 0 without."""
    opens = _SALUTATION.search(text, 0, _LONGEST_HEAD)
    if opens is None or not _ADDRESS.search(text, 0, opens.start()):
        return 0
    return opens.start()


def split_asks(text: str) -> list[Span]:
    """(start, end) offsets of the asks of ``text``, in order, not overlapping, together covering all of it but the
    addresses above the salutation of a letter.

    An empty text has none; a text of only white space or only a greeting is one.
    """
    head = head_of(text)
    return [(head + start, head + end) for start, end in _split(text[head:])]


def _split(text: str) -> list[Span]:
    if not text:
        return []
    if len(text) < 5 * _SHORT or len(text.split()) <= _SHORT:
        return [(0, len(text))]
    units = _units(text)
    words = [len(text[start:end].split()) for start, end in units]
    limit = min(_MOST + max(0, sum(words) - _TWO_PAGES) // 200, 1 + sum(words) // _WORDS_AN_ASK)
    cuts = _choose(_strengths(text, units), words, limit)
    edges = [0, *(units[cut][0] for cut in cuts), len(text)]
    return list(pairwise(edges))


def _units(text: str) -> list[Span]:
    """Sentences, with greetings, sign-offs and fragments joined to a neighbour."""
    joined: list[Span] = []
    held: int | None = None
    for start, end in (span for paragraph in paragraphs(text) for span in _within(text, paragraph)):
        small = _is_edge(text[start:end])
        begin = start if held is None else held
        if small and joined and start > len(text) // 2:
            joined[-1] = (joined[-1][0], end)
        elif small:
            held = begin
        else:
            joined.append((begin, end))
            held = None
    if held is not None:
        joined = [*joined[:-1], (joined[-1][0], len(text))] if joined else [(0, len(text))]
    return joined


def _within(text: str, paragraph: Span) -> list[Span]:
    start, end = paragraph
    return [(start + a, start + b) for a, b in sentences(text[start:end])]


def _is_edge(unit: str) -> bool:
    n_words = len(unit.split())
    return n_words <= 3 or (n_words <= _EDGE_WORDS and _EDGE.match(unit) is not None)


def _strengths(text: str, units: Sequence[Span]) -> list[float]:
    """How much each unit begins something new: 0 for the first, about 1 for a cue or no shared words at all."""
    bags = [Counter(lemma(word) for word in content_words(text[start:end])) for start, end in units]
    strengths = [0.0]
    for at in range(1, len(units)):
        before = sum(bags[max(0, at - _WINDOW) : at], Counter())
        after = sum(bags[at : at + _WINDOW], Counter())
        strength = 0.6 * (1 - _cosine(before, after))
        strength += 0.35 * (_CUE.match(text[units[at][0] : units[at][1]]) is not None)
        strength += 0.15 * ("\n" in text[units[at - 1][0] : units[at][0]][-3:])
        strengths.append(strength)
    return strengths


def _cosine(a: Counter[str], b: Counter[str]) -> float:
    shared = sum(a[word] * b[word] for word in a.keys() & b.keys())
    lengths = math.sqrt(sum(n * n for n in a.values()) * sum(n * n for n in b.values()))
    return shared / lengths if lengths else 1.0


def _choose(strengths: Sequence[float], words: Sequence[int], limit: int) -> list[int]:
    """The strongest beginnings that leave every ask its least number of words, at most ``limit`` - 1."""
    before = [sum(words[:at]) for at in range(len(words) + 1)]
    cuts: list[int] = []
    for at in sorted(range(1, len(words)), key=lambda at: (-strengths[at], at)):
        if strengths[at] < _THRESHOLD or len(cuts) >= limit - 1:
            break
        edges = [0, *cuts, len(words)]
        if all(abs(before[at] - before[edge]) >= _LEAST for edge in edges):
            cuts.append(at)
    return sorted(cuts)
