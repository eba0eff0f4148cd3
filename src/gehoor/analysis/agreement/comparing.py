"""Whether two answers to one question agree.

Contradiction needs two values of the same thing that cannot both be true (De Marneffe, Rafferty and Manning 2008:
numeric mismatch and negation between aligned statements). What is aligned is decided by the question and the words
around a value; where that is not sure, the verdict is that nobody can tell.
"""

from dataclasses import dataclass
from enum import StrEnum

from gehoor.analysis.agreement.facts import Bound, Fact, FactKind, Polarity, Proviso, Quantity
from gehoor.analysis.agreement.pairing import Clash, Pairing
from gehoor.analysis.agreement.questions import Question
from gehoor.analysis.agreement.scopes import scope_differs
from gehoor.analysis.agreement.statement import Stated, Statement, question_of


class Verdict(StrEnum):
    """What two answers are to each other."""

    AGREE = "agree"
    DIFFER = "differ"
    CONTRADICT = "contradict"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Comparison:
    """``only_a`` and ``only_b``: facts and conditions that the other leaves out. ``why`` is a short code, for a
    program."""

    verdict: Verdict
    clashes: tuple[Clash, ...] = ()
    only_a: tuple[Fact, ...] = ()
    only_b: tuple[Fact, ...] = ()
    why: str = ""


def compare(a: "Statement | str", b: "Statement | str", question: str = "") -> Comparison:
    """Compare two answers. Statements were read with their question; ``question`` is for texts."""
    one = a if isinstance(a, Statement) else Statement.of(a, question)
    other = b if isinstance(b, Statement) else Statement.of(b, question)
    if one.text == other.text:
        return Comparison(Verdict.AGREE, why="same_text")
    asked = question_of(one)
    pairing = Pairing(one, other, asked)
    clashes = pairing.clashes()
    yes_no = _yes_no_clash(one, other, asked)
    if yes_no is not None:
        clashes = (yes_no, *clashes)
    if clashes:
        return Comparison(Verdict.CONTRADICT, clashes, pairing.only_a, pairing.only_b, f"clash_{clashes[0].kind}")
    return _without_clash(one, other, asked, pairing)


def _answer(statement: Statement) -> Stated | None:
    return next((each for each in statement.stated if each.fact.kind is FactKind.YES_NO), None)


def _yes_no_clash(a: Statement, b: Statement, asked: Question) -> Clash | None:
    one, other = _answer(a), _answer(b)
    if one is None or other is None or one.fact.value == other.fact.value:
        return None
    if scope_differs(one, other) or one.soft or other.soft:
        return None
    if _excepted(a, b) or not (_meets(one, other, b) and _meets(other, one, a)):
        return None
    return Clash(FactKind.YES_NO, " ".join(sorted(asked.ideas)), one.fact, other.fact)


def _meets(one: Stated, other: Stated, whole: Statement) -> bool:
    """Does the other answer hold in the case that this one is for: has it no case, or does it name this one's?"""
    return not one.case or bool(other.case) or bool(one.case & whole.ideas)


def _excepted(a: Statement, b: Statement) -> bool:
    """ "Yes, provided" against "no, unless": each leaves room for the other."""
    sorts = [{fact.value.sort for fact in each.facts if isinstance(fact.value, Proviso)} for each in (a, b)]
    return bool(sorts[0] and sorts[1] and "unless" in sorts[0] | sorts[1])


def _same_answer(a: Statement, b: Statement) -> bool:
    one, other = _answer(a), _answer(b)
    return one is not None and other is not None and one.fact.value == other.fact.value


def _without_clash(a: Statement, b: Statement, asked: Question, pairing: Pairing) -> Comparison:
    """Agree or differ where the same is answered, and otherwise cannot tell."""
    only_a, only_b = pairing.only_a, pairing.only_b
    extra_a, extra_b = _extra(a, b), _extra(b, a)
    overlap = _overlap(a, b)
    one, other = _answer(a), _answer(b)
    same_case = not (a.cases and b.cases and _all_apart(a, b))
    answered = pairing.answered() or _same_answer(a, b) or (not asked.kinds and bool(pairing.same))
    if not same_case or (one and other and one.fact.value != other.fact.value):
        return Comparison(Verdict.CANNOT_TELL, (), only_a, only_b, "other_case")
    if not answered and pairing.both_answer():
        return Comparison(Verdict.CANNOT_TELL, (), only_a, only_b, "not_comparable")
    if not answered and overlap < 0.5:
        return Comparison(Verdict.CANNOT_TELL, (), only_a, only_b, "nothing_shared")
    if answered and overlap < 0.12 and not pairing.answered():
        return Comparison(Verdict.CANNOT_TELL, (), only_a, only_b, "little_shared")
    facts_differ = bool(_of_matter(only_a) or _of_matter(only_b))
    conditions = (a.conditions - b.ideas and not b.conditional) or (b.conditions - a.ideas and not a.conditional)
    if facts_differ or conditions or abs(extra_a - extra_b) >= 4:
        return Comparison(Verdict.DIFFER, (), only_a, only_b, "one_adds")
    return Comparison(Verdict.AGREE, (), only_a, only_b, "same_facts")


def _of_matter(facts: tuple[Fact, ...]) -> list[Fact]:
    return [
        fact
        for fact in facts
        if fact.kind is not FactKind.NUMBER and not isinstance(fact.value, Polarity) and not _nothing(fact)
    ]


def _nothing(fact: Fact) -> bool:
    return isinstance(fact.value, Quantity) and (fact.value.low == 0 or fact.bound is Bound.RANGE)


def _extra(a: Statement, b: Statement) -> int:
    return len(a.ideas - b.ideas)


def _overlap(a: Statement, b: Statement) -> float:
    """Part of the ideas of the shorter answer that the other has too."""
    smaller = min(len(a.ideas), len(b.ideas))
    return len(a.ideas & b.ideas) / smaller if smaller else 0.0


def _all_apart(a: Statement, b: Statement) -> bool:
    lines = {line for line, _ in a.cases} & {line for line, _ in b.cases}
    return any(
        not {case for case in a.cases if case[0] == line} & {case for case in b.cases if case[0] == line}
        for line in lines
    )
