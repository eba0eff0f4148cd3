"""Agree, differ or cannot tell, where nothing clashes: what bears on the question decides.

Traits of the two answers, each by a name, are weighed by a small linear model (``weights/settling.json``). It never
says that two agree which answer the question with other figures, with yes against no, or for other cases.
"""

from collections.abc import Iterable
from math import log

from gehoor.analysis.agreement.facts import Bound, Fact, FactKind, Polarity, Quantity
from gehoor.analysis.agreement.pairing import Pairing
from gehoor.analysis.agreement.questions import Question
from gehoor.analysis.agreement.statement import Stated, Statement
from gehoor.analysis.agreement.weighing import weights

_LEAST = 0.5
"""How likely it has to be that two answers agree."""
_ALIKE = 0.3
"""How likely it has to be that both say yes, or both no, before two answers to such a question agree."""
_FEW = 3


def settle(a: Statement, b: Statement, asked: Question, pairing: Pairing) -> tuple[str, str]:
    """The verdict on two answers that do not clash, and why in a word."""
    found = traits(a, b, asked, pairing)
    if found["apart"] or found["opposite"]:
        return "cannot_tell", "other_case"
    if found["unanswered"]:
        return "cannot_tell", "not_comparable"
    shares = weights("settling").shares(found)
    best = max(shares, key=lambda name: (shares[name], name))
    if best == "agree" and (shares[best] < _LEAST or not (found["answered"] or found["yes"] or found["shared"])):
        best = "differ" if found["answered"] or found["yes"] else "cannot_tell"
    if best == "agree" and (found["asked_left_both"] or found["beside_left_both"]):
        return "cannot_tell", "other_figures"
    if best == "agree" and found["asks_yes_or_no"] and not found["answered"] and found["likely_same"] < _ALIKE:
        return "cannot_tell", "yes_or_no_unsure"
    why = {"agree": "same_facts", "differ": "one_adds", "cannot_tell": "little_shared"}
    return best, why[best]


def answer_of(statement: Statement) -> Stated | None:
    """Its yes or no."""
    return next((each for each in statement.stated if each.fact.kind is FactKind.YES_NO and not each.fact.role), None)


def traits(a: Statement, b: Statement, asked: Question, pairing: Pairing) -> dict[str, float]:
    """What the model weighs; the same for (a, b) and (b, a)."""
    return _of_answers(a, b, asked, pairing) | _of_ideas(a, b, asked) | _of_rest(a, b, asked, pairing)


def _of_answers(a: Statement, b: Statement, asked: Question, pairing: Pairing) -> dict[str, float]:
    one, other = (answer.fact.value if answer else None for answer in (answer_of(a), answer_of(b)))
    return {
        "answered": float(pairing.answered()),
        "unanswered": float(pairing.both_answer() and not pairing.answered()),
        "both_answer": float(pairing.both_answer()),
        "yes": float(one is not None and one == other),
        "opposite": float(one is not None and other is not None and one != other),
        "likely_same": a.shares[0] * b.shares[0] + a.shares[1] * b.shares[1],
        "likely_apart": a.shares[0] * b.shares[1] + a.shares[1] * b.shares[0],
        "one_says_yes_or_no": float((one is None) != (other is None)),
        "asks_nothing_known": float(not asked.kinds and asked.frame is None),
        "asks_yes_or_no": float(asked.frame is not None),
        "same_figures": float(min(_FEW, len(pairing.same))),
        "soft_one": float(a.soft != b.soft),
        "soft_both": float(a.soft and b.soft),
        "apart": float(_all_apart(a, b)),
        "case_one": float(bool(a.cases ^ b.cases)),
    }


def _of_ideas(a: Statement, b: Statement, asked: Question) -> dict[str, float]:
    words = sorted((max(1, len(a.text.split())), max(1, len(b.text.split()))))
    return {
        "shared": _part(a.ideas, b.ideas),
        "shared_fresh": _part(a.ideas - asked.ideas, b.ideas - asked.ideas),
        "own": min(len(a.ideas - b.ideas), len(b.ideas - a.ideas)) / 5,
        "longer": log(words[1] / words[0]),
        "short": log(words[0]),
        "first": _first(a, b) + _first(b, a),
    }


def _of_rest(a: Statement, b: Statement, asked: Question, pairing: Pairing) -> dict[str, float]:
    asked_a, beside_a = _left(pairing.only_a, asked)
    asked_b, beside_b = _left(pairing.only_b, asked)
    stated = (_alone(a, b, asked, True), _alone(b, a, asked, True))
    told = (_alone(a, b, asked, False), _alone(b, a, asked, False))
    loose_a, loose_b = (len(x.conditions - y.ideas) / max(1, len(x.conditions)) for x, y in ((a, b), (b, a)))
    return {
        "asked_left_one": float(bool(asked_a) != bool(asked_b)),
        "asked_left_both": float(bool(asked_a and asked_b)),
        "beside_left_one": float(bool(beside_a) != bool(beside_b)),
        "beside_left_both": float(bool(beside_a and beside_b)),
        "left_over": float(min(_FEW, abs(asked_a + beside_a - asked_b - beside_b))),
        "condition_one": float(a.conditional != b.conditional),
        "condition_both": float(a.conditional and b.conditional),
        "condition_unmet": max(loose_a, loose_b),
        "condition_one_unmet": loose_a + loose_b if a.conditional != b.conditional else 0.0,
        "stating_alone": float(min(_FEW, max(stated))),
        "stating_alone_both": float(all(stated)),
        "telling_alone": float(min(_FEW, max(told))),
        "telling_alone_both": float(all(told)),
    }


def _part(one: frozenset[str], other: frozenset[str]) -> float:
    """Part of the ideas of the shorter that the other has too."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _first(one: Statement, other: Statement) -> float:
    """Part of the ideas of the first sentence that the other answer has."""
    ideas = one.sentences[0][0] if one.sentences else frozenset()
    return len(ideas & other.ideas) / len(ideas) if ideas else 0.0


def _alone(one: Statement, other: Statement, asked: Question, stating: bool) -> int:
    """How many sentences are for the most part about what neither the other nor the question names."""
    known = other.ideas | asked.ideas
    return sum(states == stating and len(ideas & known) < 0.5 * len(ideas) for ideas, states in one.sentences)


def _left(facts: Iterable[Fact], asked: Question) -> tuple[int, int]:
    """Figures that only one gives, of kinds that are asked and of others."""
    left = [fact for fact in facts if _matters(fact)]
    of_asked = sum(fact.kind in asked.kinds for fact in left)
    return of_asked, len(left) - of_asked


def _matters(fact: Fact) -> bool:
    if fact.kind is FactKind.NUMBER or isinstance(fact.value, Polarity) or fact.role:
        return False
    return not (isinstance(fact.value, Quantity) and (fact.value.low == 0 or fact.bound is Bound.RANGE))


def _all_apart(a: Statement, b: Statement) -> bool:
    """Do both name a side of one line of situations, and not the same?"""
    lines = {line for line, _ in a.cases} & {line for line, _ in b.cases}
    return any(
        not {case for case in a.cases if case[0] == line} & {case for case in b.cases if case[0] == line}
        for line in lines
    )
