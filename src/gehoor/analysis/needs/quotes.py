"""Quotes that represent a need: typical, unlike each other, and none against what most in the need say."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from gehoor.analysis.needs.evidence import mostly_content, sounds_ill, sounds_well
from gehoor.analysis.needs.neighbours import Floats, Integers, centred
from gehoor.analysis.needs.sentences import Span, sentences
from gehoor.analysis.needs.stance import KEPT, stance
from gehoor.analysis.needs.typical import matter_words, typical_words
from gehoor.analysis.needs.words import content_words, lemma
from gehoor.kernel.patterns import regex

LONGEST = 280
_CANDIDATES = 60
_READ = 400
"""Of so many asks nearest to a need's centre it is seen whether they can be quoted."""
_VARIETY = 0.4
_ABOUT = 0.15
"""How much dearer an ask is that holds a word by which the need is known."""
_HEARD = 10.0
"""What it costs to be quoted already."""
_SOUND = 50.0
_FEWEST_WORDS = 5
"""A sentence with fewer words says too little to be quoted, where the voice has a longer one."""
_HOLE = regex(r"[^\S\n]{4,}")
"""Where something was blanked out that is no matter (see ``matter``): the original shows a name or number there."""
_COURTESY = regex(
    r"\W*(?:(?:zeer )?geachte|beste|lieve|hallo|hoi|hey|hee|moin|goe(?:de|ie)?n?(?:morgen|middag|n?avond|dag)|dag"
    r"|dear|hello|hi|good (?:morning|afternoon|evening)"
    r"|(?:alvast |bij voorbaat |hartelijk |heel erg |hartstikke )*(?:bedankt|dank)|dank(?:je|uw?)?wel"
    r"|(?:many )?thanks|thank you|met (?:vriendelijke|hartelijke) groet\w*|groet\w*|hoogachtend"
    r"|kind regards|regards|nog een (?:fijne|prettige)|fijne dag|have a (?:nice|good)"
    r"|(?:u spreekt|je spreekt|spreek ik|met mevrouw|met meneer|mijn naam is|my name is)"
    r"|(?-i:Met (?:de |het )?[A-Z]\w+))\b",
    re.IGNORECASE,
)
"""How a sentence begins that greets, thanks or presents oneself."""
_COURTEOUS_WORDS = 9
_LOOSE_BEGIN = " \t\r\n)]}.,;:"
_LOOSE_END = " \t\r\n([{-\u2013\u2014"


@dataclass(frozen=True, slots=True)
class Quote:
    """``texts[row][start:end]`` is the quote; ``score`` the cosine of the ask to its need's centre."""

    row: int
    start: int
    end: int
    score: float


def quotes(
    texts: Sequence[str],
    vectors: Floats,
    labels: Integers,
    need: int,
    n: int = 3,
    speakers: Integers | None = None,
) -> list[Quote]:
    """Up to ``n`` quotes for ``need``, most typical first, unlike each other.

    ``texts`` (m), ``vectors`` (m, d), ``labels`` (m) of all asks of the level. Variety by maximal marginal relevance,
    Carbonell & Goldstein 1998. Who clearly says the opposite of most in the need (that all went well, where others do
    not say so) is quoted only where there is nobody else; nobody twice, as long as there are other ``speakers`` (m).
    """
    unit = centred(vectors)
    rows = np.flatnonzero(labels == need)
    if not len(rows):
        return []
    centre = _centre(unit[rows])
    near = unit[rows] @ centre
    rows = _telling(texts, rows[np.lexsort((rows, -near))][:_READ], n)
    near = unit[rows] @ centre
    rows = rows[np.lexsort((rows, -near - _readable([texts[row] for row in rows.tolist()])))][:_CANDIDATES]
    rows = _of_one_mind(texts, rows, n)
    near = unit[rows] @ centre
    typical = _typical([texts[row] for row in rows.tolist()])
    said_by = np.arange(len(rows)) if speakers is None else speakers[rows]
    words = typical_words(texts, labels == need)
    known = [not words.isdisjoint(matter_words(texts[row])) for row in rows.tolist()]
    value = near + np.where(known, _ABOUT, 0).astype(np.float32)
    return [_quote(texts, int(rows[at]), float(near[at]), typical) for at in _varied(unit[rows], value, said_by, n)]


def _of_one_mind(texts: Sequence[str], rows: Integers, n: int) -> Integers:
    """Those of ``rows`` that do not clearly say the opposite of most, if they are at least ``n``; else all."""
    well = np.array([bool(sounds_well(texts[row])) for row in rows.tolist()], bool)
    ill = np.array([bool(sounds_ill(texts[row])) for row in rows.tolist()], bool)
    opposite = ill if mostly_content(int(well.sum()), int(ill.sum()), len(rows)) else well
    return rows[~opposite] if (~opposite).sum() >= n else rows


def _centre(unit: Floats) -> Floats:
    mean = unit.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def _readable(texts: Sequence[str]) -> Floats:
    """A small bonus for texts of a length that is read at a glance."""
    lengths = np.array([len(" ".join(text.split())) for text in texts])
    return np.where((lengths >= 30) & (lengths <= LONGEST), 0.1, 0.0).astype(np.float32)


def _telling(texts: Sequence[str], rows: Integers, n: int) -> Integers:
    """Those of ``rows`` whose text does more than greet or thank, if they are at least ``n``; else all."""
    says = [_tells(texts[row]) for row in rows.tolist()]
    return rows[np.array(says)] if sum(says) >= n else rows


@lru_cache(maxsize=KEPT)
def _tells(text: str) -> bool:
    return any(_says(text[start:end]) for start, end in pieces(text))


def _varied(unit: Floats, near: Floats, speakers: Integers, n: int) -> list[int]:
    chosen: list[int] = []
    while len(chosen) < min(n, len(unit)):
        alike = (unit @ unit[chosen].T).max(axis=1) if chosen else np.zeros(len(unit))
        value = near - _VARIETY * alike
        value[np.isin(speakers, speakers[chosen])] -= _HEARD
        value[[at for at in range(len(unit)) if chosen and alike[at] > 0.995]] -= 1e3
        value[chosen] = -np.inf
        if value.max() < -1e2:
            break
        chosen.append(int(value.argmax()))
    return chosen


def _typical(texts: Sequence[str]) -> Counter[str]:
    """In how many of ``texts`` each lemma stands."""
    return Counter(word for text in texts for word in {lemma(word) for word in content_words(text)})


def _quote(texts: Sequence[str], row: int, score: float, typical: Counter[str], sound: float = 0.0) -> Quote:
    start, end = passage(texts[row], typical, sound)
    return Quote(row, start, end, score)


def passage(text: str, typical: Counter[str], sound: float = 0.0, longest: int = LONGEST) -> Span:
    """The run of whole sentences of at most ``longest`` characters that holds most of what is typical.

    With a ``sound`` of -1 to 1, sentences that sound that way count more. A single sentence that is longer is cut
    after its last whole word. White space around is left out. It neither begins nor ends with a greeting, thanks or a
    fragment, unless the text holds nothing else, and never spans more than three blanks in a row within a line: what
    was blanked out there would show when the quote is cut from the original.
    """
    spans = pieces(text)
    says = [_says(text[start:end]) for start, end in spans]
    if not any(says):
        says = [True] * len(spans)
    best, best_value = (0, 0), -np.inf
    for at, (start, _) in enumerate(spans):
        if not says[at]:
            continue
        seen: set[str] = set()
        for to in range(at, _reach(text, spans, at, longest)):
            end = spans[to][1]
            seen |= {lemma(word) for word in content_words(text[spans[to][0] : end])}
            value = (
                sum(typical[word] for word in seen)
                + (end - start) / longest / 2
                + (_SOUND * sound * stance(text[start:end]) if sound else 0.0)
            )
            if says[to] and value > best_value:
                best, best_value = (start, end), value
    return best if best[1] else _cut(text, _longest_that_says(spans, says), longest)


def _longest_that_says(spans: Sequence[Span], says: Sequence[bool]) -> Span:
    kept = [span for span, one in zip(spans, says, strict=True) if one]
    return max(kept, key=lambda span: span[1] - span[0], default=(0, 0))


def _reach(text: str, spans: Sequence[Span], at: int, longest: int) -> int:
    """The number of the first sentence from ``at`` on that makes the passage too long or lies behind a hole."""
    for to in range(at, len(spans)):
        behind_hole = to > at and _HOLE.search(text, spans[to - 1][1], spans[to][0])
        if behind_hole or spans[to][1] - spans[at][0] > longest:
            return to
    return len(spans)


def windows(text: str, longest: int = LONGEST) -> list[Span]:
    """From every sentence on, the longest run of whole sentences that is no passage too long; none inside another."""
    spans = pieces(text)
    runs = [(start, spans[max(_reach(text, spans, at, longest) - 1, at)][1]) for at, (start, _) in enumerate(spans)]
    return [_cut(text, run, longest) for at, run in enumerate(runs) if at == 0 or run[1] > runs[at - 1][1]]


def pieces(text: str) -> list[Span]:
    """The sentences of ``text``, cut where something was blanked out, without white space around them."""
    found: list[Span] = []
    for start, end in sentences(text):
        holes = [hole.span() for hole in _HOLE.finditer(text, start, end)]
        edges = [start, *(edge for hole in holes for edge in hole), end]
        found += [_trimmed(text, span) for span in list(pairwise(edges))[::2]]
    return [span for span in found if span[0] < span[1]]


def _says(sentence: str) -> bool:
    """Does this sentence say something: no greeting, thanks or fragment?"""
    words = len(sentence.split())
    courteous = words <= _COURTEOUS_WORDS and _COURTESY.match(sentence) is not None
    return words >= _FEWEST_WORDS and not courteous and bool(content_words(sentence))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip(_LOOSE_BEGIN)), end - len(piece) + len(piece.rstrip(_LOOSE_END))


def _cut(text: str, span: Span, longest: int) -> Span:
    start, end = span
    if end - start <= longest:
        return span
    space = text.rfind(" ", start, start + longest)
    return start, space if space > start else start + longest
