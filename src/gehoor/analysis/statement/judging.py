"""On which side of a claim a passage stands: one that is about its subject supports it, speaks against it, or neither.

Everything is read from the sentences in which the subject stands, and the one after each. Better "cannot tell" than
wrong: a passage is put on a side only by words that say so.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from gehoor.analysis.needs.evidence import sounds_ill, sounds_well
from gehoor.analysis.needs.sentences import Span, sentences
from gehoor.analysis.needs.stance import stance
from gehoor.analysis.statement.claim import Claim, Frame, Term
from gehoor.analysis.statement.patterns import opposites, plain
from gehoor.kernel.patterns import regex


class Side(StrEnum):
    """Where a passage stands."""

    SUPPORTS = "supports"
    AGAINST = "against"
    UNCLEAR = "unclear"
    """About it, without choosing."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """``text[start:end]`` shows it; ``score`` orders passages of one side, strongest first."""

    side: Side
    start: int
    end: int
    score: float


_WANTS = regex(
    r"\b(?:wil|wilt|willen|wilde|wou|graag|zou|zouden|wens\w*|hoop|hopen|liefst|liever|verlang\w*|verzoek\w*"
    r"|(?:ik|wij|we) (?:vraag|vragen|verwacht|mis|missen|eis|eisen)|behoefte aan|handig|kunt u|kunt je|kunnen jullie"
    r"|kun je|kan er|kan ik|kan iemand|mag ik|waarom (?:kan|kun|kunnen|is|zijn|hebben|heb|niet|moet)|idee|suggestie"
    r"|nodig|had(?:den)? (?:ik |wij |we )?(?:liever|graag)|gewoon even|laat (?:mij|me|ons)"
    r"|geef (?:mij|me|ons|iedereen)|zet (?:er|dat|het|boven)"
    r"|want|wants|would like|i'd like|would love|could you|can you|can i|please|wish|hope|prefer|rather|need"
    r"|why can't|why is|why do|should|it would help|would be nice|looking for)\b"
)
_REFUSES = regex(
    r"\bhoef\w*\b[^.?!;]{0,40}\b(?:niet|geen|niks|niets)\b|\b(?:geen|niet) behoefte\b|\bgeen zin\b|\bniet nodig\b"
    r"|\bniet (?:op )?(?:te )?wachten op\b|\bzit\w*\b[^.?!;]{0,25}\bniet\b[^.?!;]{0,15}\bwachten\b"
    r"|\bliever (?:niet|geen)\b|\bwil(?:len)?\b[^.?!;,]{0,20}\b(?:geen|niet)\b|\bstop(?:pen)? (?:met|eens)\b"
    r"|\bverschoon\w*\b|\bbespaar\b|\b(?:do not|don't|didn't|no) (?:want|need)\b|\bno need\b|\bnot interested\b"
    r"|\brather not\b|\bwithout\b|\bniets aan\b|\bniet om\b[^.?!;]{0,15}\bgevraagd\b|\bkan (?:mij|me) gestolen\b"
)
_LACKS = regex(
    r"\b(?:geen|nergens|zonder|niet|nooit|ontbreekt|ontbreken|mis|mist|gemist|dicht|gesloten"
    r"|no|not|never|missing|lack\w*|closed|nowhere)\b"
)
_PLEASED = regex(
    r"\b(?:netjes|keurig\w*|prima|top|chapeau|klasse|uitkomst|genoegen|fijn|heerlijk|lekker|eerlijk is eerlijk|ere wie"
    r"|stukken beter|veel beter|beter geworden|dank\w*|bedankt|compliment\w*|pet af|petje af|geweldig|perfect|blij"
    r"|een tien|op de minuut|op tijd|op het tijdstip|op de afgesproken|precies (?:zoals|op)|stipt"
    r"|zoals (?:gevraagd|beloofd|gezegd)"
    r"|great|lovely|thank\w*|good to|glad|pleased|happy|on time|as promised|much better)\b"
)
_DENIES = regex(
    r"\b(?:niet|geen|nooit|niemand|nauwelijks|niks|niets|nergens|zonder|not|no|never|nobody|hardly|nothing)\b|n't\b"
)
_CONTENTMENT = "dissatisfied"
"""The opinion that sums up all others: whatever is wrong speaks for it."""
_VERY_NEAR = 0.7
_CLEAR = 0.4
"""From this stance on a passage is content, or discontent, beyond doubt."""
_REACH = 5
"""Words between a denial and what it denies."""
_WORDS = regex(r"\S+")
_LONGEST = 400


def judge(claim: Claim, text: str, nearness: float = 0.0, context: str = "") -> Judgement | None:
    """Where ``text`` stands, or None when it is not about the subject.

    ``nearness``: how near the passage lies to the subject in meaning, from 0 (nothing is known) to 1; what lies very
    near needs fewer of the words. ``context``: the whole voice and its subject line; what is named there need not be
    named again.
    """
    said = plain(text)
    if not claim.speaks or not said.strip():
        return None
    spans = sentences(text)
    own = [_named(claim, said[slice(*span)]) for span in spans]
    together = frozenset().union(*own)
    known = together | (_named(claim, plain(context)) if together and context else frozenset())
    best: Judgement | None = None
    for at in range(len(spans)):
        if not own[at] and not (together and _says(claim, said[slice(*spans[at])])):
            continue
        last = min(at + 1, len(spans) - 1)
        near = own[at] | own[last] | own[max(at - 1, 0)]
        found = _judged(claim, text, said, spans[at], spans[last], len(near))
        least = max(1, claim.needed - (nearness >= _VERY_NEAR))
        enough = len(near) >= least if claim.frame is Frame.FACT else len(known) >= least
        if found.side is Side.UNCLEAR:
            enough = len(near) >= max(least, min(len(claim.finders), 2))
        if enough and (best is None or _order(found) > _order(best)):
            best = found
    return best


def _named(claim: Claim, sentence: str) -> frozenset[str]:
    """The parts of the subject that stand in it."""
    if claim.terms:
        return frozenset(term.name for term in claim.terms if term.pattern.search(sentence))
    either = any(side.search(sentence) for side in opposites()[claim.aspect].sides)
    return frozenset({claim.aspect}) if either else frozenset()


def _says(claim: Claim, sentence: str) -> bool:
    """Whether it says what a state says of its subject, or the opposite; the subject may stand a sentence away."""
    if claim.frame is not Frame.STATE:
        return False
    return any(side.search(sentence) for side in opposites()[claim.aspect].sides)


def _order(found: Judgement) -> tuple[bool, float]:
    return found.side is not Side.UNCLEAR, found.score


def _judged(claim: Claim, text: str, said: str, first: Span, last: Span, named: int) -> Judgement:
    start, end = first[0], last[1] if last[1] - first[0] <= _LONGEST else first[1]
    one, both = said[slice(*first)], said[start:end]
    points = {Frame.WISH: _wish, Frame.STATE: _state, Frame.FACT: _fact}[claim.frame](claim, text[start:end], one, both)
    if not claim.positive and claim.frame is not Frame.FACT:
        points = -points
    side = Side.SUPPORTS if points > 0 else Side.AGAINST if points < 0 else Side.UNCLEAR
    shown = first if end == first[1] or side is Side.UNCLEAR else (start, end)
    return Judgement(side, shown[0], shown[1], abs(points) + named / max(len(claim.finders), 1))


def _wish(claim: Claim, text: str, one: str, both: str) -> float:
    """1 for someone who wants it, has it and is pleased, or misses it; -1 for someone who does not want it."""
    if _REFUSES.search(one):
        return -1.0
    if _WANTS.search(one):
        return 1.0
    if any(_near(one, term, _LACKS) for term in claim.terms):
        return 0.8
    if sounds_ill(text) or stance(text) < -_CLEAR:
        return 0.0 if claim.positive else -0.6
    return 0.6 if sounds_well(text) or stance(text) > _CLEAR or _PLEASED.search(both) else 0.0


def _near(sentence: str, term: Term, what: re.Pattern[str]) -> bool:
    """Whether ``what`` stands just before the term, or after it at the end of its clause."""
    for hit in term.pattern.finditer(sentence):
        before = " ".join(_WORDS.findall(sentence[: hit.start()])[-_REACH:])
        after = " ".join(_WORDS.findall(sentence[hit.end() :])[:3])
        if what.search(before) or what.search(after):
            return True
    return False


def _state(claim: Claim, text: str, one: str, both: str) -> float:
    """1 for someone who says the same of it, -1 for the opposite."""
    sides = opposites()[claim.aspect].sides
    same, other = (_said_of(both, sides[side]) for side in (claim.side, 1 - claim.side))
    if same == other and claim.aspect == "broken" and any(_near(one, term, _LACKS) for term in claim.terms):
        return -1.0 if claim.side else 1.0
    if same == other and claim.aspect == _CONTENTMENT:
        ill = bool(sounds_ill(text)) + any(_said_of(both, each.sides[0]) > 0 for each in opposites().values())
        well = 2 * bool(sounds_well(text)) + any(_said_of(both, each.sides[1]) > 0 for each in opposites().values())
        return float(max(-1, min(1, well - ill if claim.side else ill - well)))
    return float(max(-1, min(1, same - other)))


def _said_of(sentence: str, pattern: re.Pattern[str]) -> int:
    """How often it is said, less how often it is denied."""
    total = 0
    for hit in pattern.finditer(sentence):
        before = " ".join(_WORDS.findall(sentence[: hit.start()])[-3:])
        denied = _DENIES.search(before) is not None and _DENIES.search(hit[0]) is None
        total += -1 if denied else 1
    return total


def _fact(claim: Claim, text: str, one: str, both: str) -> float:
    """1 for someone who says that it is so, -1 for someone who says that it is not."""
    denied = any(_near(one, term, _DENIES) for term in claim.terms)
    return 1.0 if denied != claim.positive else -1.0
