"""What a question asks for: an amount, a day, yes or no, and which way a yes is meant."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from gehoor.analysis.agreement.context import cases_in
from gehoor.analysis.agreement.facts import FactKind
from gehoor.analysis.agreement.ideas import ideas_in
from gehoor.analysis.agreement.lexicon import any_of, named, pattern_of, plain
from gehoor.analysis.agreement.tokens import clauses, sentences, tokens
from gehoor.kernel.patterns import regex


class Frame(StrEnum):
    """What a yes to the question means."""

    MAY = "may"
    """It is possible, allowed, covered, or so."""
    MUST = "must"
    """It is obliged or needed."""
    COSTS = "costs"
    """There is something to pay."""
    FREE = "free"
    """It is possible and nothing is to be paid."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: the kinds of fact that answer it (empty: nothing is known), the frame of a yes (None: it is no such
    question), its ideas, and its words in lower case. ``turned``: a yes forbids ("Is it forbidden to ...?")."""

    kinds: frozenset[FactKind]
    frame: Frame | None
    ideas: frozenset[str]
    said: str
    turned: bool = False
    limit: bool = False
    process: bool = False
    contact: bool = False
    without: bool = False
    exists: bool = False
    denied: bool = False
    cases: frozenset[tuple[int, int]] = frozenset()
    wide: bool = False
    """It asks more than one thing, so that figures of a kind that is asked need not answer the same of them."""


_LONG, _MANY = 60, 2
"""Words, and question marks, above which a text asks more than one thing."""
_VERBS = frozenset(named("questions")["yes_no"])
_KINDS = (FactKind.PERCENTAGE, FactKind.AMOUNT, FactKind.DATE, FactKind.PERIOD, FactKind.NUMBER)
_RISE = any_of(
    (
        "omhoog",
        "omlaag",
        "stijgt",
        "stijgen",
        "verhoogd",
        "verhoging",
        "hoger",
        "lager",
        "duurder",
        "goedkoper",
        "go up",
        "rise",
        "increase",
        "raised",
        "daalt",
        "korting",
        "discount",
    )
)
_PRICE = any_of(("kost", "kosten", "*kosten", "prijs", "cost", "price", "fee", "tarief", "euro", "costs", "charge"))
_EXISTS = any_of(
    ("is er", "zijn er", "geldt er", "zit er", "is there", "are there", "bestaat er", "gelden er", "zitten er")
)
_OPEN = any_of(("hoe", "hoeveel", "wat", "welk", "welke", "wanneer", "waar", "wie", "waarom", "hoelang", "how", "what",
                "which", "when", "where", "who", "why"))  # fmt: skip


@lru_cache(maxsize=20_000)
def read_question(text: str) -> Question:
    """A question as it was asked; an empty one asks nothing."""
    said = plain(text)
    kinds = frozenset(kind for kind in _KINDS if _asks(said, str(kind)))
    if FactKind.PERCENTAGE in kinds and _asks(said, "percentage") and "procent" in said:
        kinds = frozenset((FactKind.PERCENTAGE,))
    if FactKind.AMOUNT in kinds and (not _PRICE.search(said) or _RISE.search(said)):
        kinds |= {FactKind.PERCENTAGE}
    if kinds == {FactKind.NUMBER}:
        kinds |= {FactKind.AMOUNT, FactKind.PERCENTAGE}
    wide = len(said.split()) > _LONG or said.count("?") > _MANY
    frame = None if wide else _frame(said)
    if frame is not None and not _OPEN.search(said):
        kinds = frozenset(kind for kind in _KINDS if _asks(said, f"by_{kind}"))
    return Question(
        kinds,
        frame,
        ideas_in(said, 0, len(said)),
        said,
        pattern_of("polarity", "unable").search(said) is not None,
        _asks(said, "limit"),
        _asks(said, "process"),
        _asks(said, "contact"),
        _asks(said, "without"),
        _EXISTS.search(said) is not None,
        _denied(said),
        cases_in(said),
        wide,
    )


def _asks(said: str, what: str) -> bool:
    return pattern_of("questions", what).search(said) is not None


_SUBORDINATE = any_of(("als", "indien", "wanneer", "if", "when", "die", "nu", "omdat", "terwijl", "zolang", "before",
                       "until", "because", "who", "which", "tot"))  # fmt: skip
_TRUE = regex(r"\s*(?:is het waar|klopt het|is it true|is it correct|is it right)(?: dat| that)?")


def _denied(said: str) -> bool:
    """Is what is asked denied in the question itself: "Hoef ik niets te doen?" ("als het niet doorgaat" is not)?"""
    opens = _TRUE.match(said)
    start = opens.end() if opens else 0
    below = _SUBORDINATE.search(said, start + 1)
    return pattern_of("polarity", "negation").search(said, start, below.start() if below else len(said)) is not None


def _frame(said: str) -> Frame | None:
    """A question that begins one of its sentences or clauses with a verb asks for yes or no."""
    for start, end in sentences(said):
        for first, last in clauses(said, start, end):
            begin = tokens(said[first:last])[:3]
            words = [token.text for token in begin if token.text not in ("en", "and", "of", "or", "dus", "so", "maar")]
            if words and words[0] in _VERBS:
                return _meant(said[first:end])
    if said.rstrip().endswith("?") and not _OPEN.search(said):
        return _meant(said)
    return None


def _meant(said: str) -> Frame:
    if _asks(said, "free"):
        return Frame.FREE
    words = tokens(said)[:4]
    begins = " ".join(token.text for token in words)
    if _asks(begins, "must") and _asks(said, "paying"):
        return Frame.COSTS
    if _asks(begins, "must") or (_asks(said, "must") and not _asks(begins, "limit")):
        return Frame.MUST
    if _asks(begins, "paying") or (_asks(said, "billing") and not _asks(begins, "limit")):
        return Frame.COSTS
    return Frame.MAY
