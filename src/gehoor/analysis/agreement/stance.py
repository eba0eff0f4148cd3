"""What an answer says to a question that asks for yes or no: yes, no, that it depends, or neither.

The rules (``polarity.py``) know predicates and their negations; a linear model (``weights/stance.json``) weighs what
the rules found together with the words of each clause in their dictionary form and with the lists (of predicates and of
``lexicon/stance.txt``) that they stand in, marked when they stand in a clause that is denied. Words that the question
holds too are one and the same feature, so that what is learnt is how people answer and not what about.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from gehoor.analysis.agreement.context import Clause
from gehoor.analysis.agreement.ideas import ideas_of
from gehoor.analysis.agreement.lexicon import named, pattern_of
from gehoor.analysis.agreement.questions import Frame, Question
from gehoor.analysis.agreement.weighing import weights
from gehoor.analysis.needs.words import lemma
from gehoor.kernel.patterns import regex

YES, NO, DEPENDS, SILENT = "yes", "no", "depends", "silent"
_WORD = regex(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+(?:[.,]\d+)*|[€%?]")
_DENYING = frozenset(word for word in named("polarity")["negation"] if " " not in word)
_SOFTENING = pattern_of("polarity", "softening")
_DENIAL = pattern_of("polarity", "negation")
_PREDICATES = tuple((key, pattern_of("polarity", key)) for key in
                    ("good", "bad", "able", "unable", "must", "optional", "costs", "free", "needed", "needless",
                     "both_ways"))  # fmt: skip
_CUES = {
    frame: tuple((side, pattern_of("stance", f"{frame}_{side}")) for side in ("yes", "no"))
    for frame in ("may", "must", "costs")
}
_MOST_CUES = 2
_FIRST = 3
"""Sentences that are read; what comes later seldom answers."""


def shares(
    said: str, found: list[Clause], question: Question, signs: "list[tuple[int, float, bool]]"
) -> dict[str, float]:
    """How likely an answer says yes, no, that it depends, or neither. ``signs``: of each clause that the rules gave a
    sign, the sign, its weight, and whether it is a bare yes or no that opens."""
    return weights("stance").shares(features(said, found, question, signs))


def features(
    said: str, found: list[Clause], question: Question, signs: "list[tuple[int, float, bool]]"
) -> dict[str, float]:
    """What the model weighs, by name."""
    if question.frame is None:
        return {}
    frame = f"{question.frame}{'-' if question.turned else ''}{'/' if question.without or question.denied else ''}"
    made = {f"frame {frame}": 1.0, **_of_signs(signs)}
    first = found[0].sentence if found else 0
    for clause in found:
        if clause.sentence - first < _FIRST and not (clause.contact and not question.contact):
            weight = 1.0 if clause.sentence == first else 0.6
            for name in _of_clause(said, clause, question):
                made[name] = max(made.get(name, 0.0), weight)
                if not name.startswith("2 "):
                    framed = f"{frame} {name}"
                    made[framed] = max(made.get(framed, 0.0), weight)
            for name, value in _of_lists(said, clause, question.frame, frame):
                made[name] = made.get(name, 0.0) + weight * value
    if found and said.rstrip().endswith("?"):
        made["ends with a question"] = 1.0
    made["opened by the question"] = float(bool(found and found[0].ideas & question.ideas))
    return made


def _of_signs(signs: "list[tuple[int, float, bool]]") -> dict[str, float]:
    for_yes = max((weight for sign, weight, _ in signs if sign > 0), default=0.0)
    for_no = max((weight for sign, weight, _ in signs if sign < 0), default=0.0)
    opened = next((sign for sign, _, opens in signs if opens), 0)
    return {
        "rules: yes": float(for_yes > for_no),
        "rules: no": float(for_no > for_yes),
        "rules: by how much": max(-3.0, min(3.0, for_yes - for_no)),
        "rules: both": float(bool(for_yes and for_no)),
        "rules: none": float(not signs),
        "rules: opens": float(opened),
    }


def _of_clause(said: str, clause: Clause, question: Question) -> Iterator[str]:
    words = [_form(hit[0]) for hit in _WORD.finditer(said, clause.start, clause.end)]
    denied = sum(word == "NOT" for word in words) % 2 == 1
    mark = ("if " if clause.condition else "") + ("not " if denied else "")
    if clause.condition:
        yield f"condition {clause.condition}"
    if _SOFTENING.search(said, clause.start, clause.end):
        yield "soft"
    asked = [word for word in words if word not in ("NOT", "#")]
    shown = ["ASKED" if word in asked and set(ideas_of(word)) & question.ideas else word for word in words]
    before = "<"
    for word in [*shown, ">"]:
        if word != ">":
            yield f"1 {mark}{word}"
        yield f"2 {before} {word}"
        before = word


def _of_lists(said: str, clause: Clause, frame: Frame, framed: str) -> Iterator[tuple[str, float]]:
    """Which lists of predicates and of cues a clause has words of, marked when it denies them, and how often."""
    mark = " if" if clause.condition else ""
    for key, pattern in _PREDICATES:
        _, denied = _hits(said, clause, pattern)
        if denied is not None:
            yield f"{framed} list {key}{mark}{' not' if denied else ''}", 1.0
    for side, pattern in _CUES["may" if frame is Frame.FREE else str(frame)]:
        number, denied = _hits(said, clause, pattern)
        if denied is not None:
            said_so = f"{side}{mark}{' not' if denied else ''}"
            yield f"{framed} leans {said_so}", 1.0
            yield f"leans {said_so}", float(min(_MOST_CUES, number))


def _hits(said: str, clause: Clause, pattern: re.Pattern[str]) -> tuple[int, bool | None]:
    """How often words of a list stand in a clause, and whether the clause denies them beside that; None: none do."""
    found = [hit.span() for hit in pattern.finditer(said, clause.start, clause.end)]
    if not found:
        return 0, None
    beside = (hit.start() for hit in _DENIAL.finditer(said, clause.start, clause.end))
    return len(found), sum(not any(first <= at < last for first, last in found) for at in beside) % 2 == 1


@lru_cache(maxsize=50_000)
def _form(word: str) -> str:
    if word in _DENYING:
        return "NOT"
    if word[0].isdigit():
        return "#"
    return lemma(word)
