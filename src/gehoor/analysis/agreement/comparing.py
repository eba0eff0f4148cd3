"""Whether two answers to one question agree.

Contradiction needs two values of the same thing that cannot both be true (De Marneffe, Rafferty and Manning 2008:
numeric mismatch and negation between aligned statements). What is aligned is decided by the question and the words
around a value; where that is not sure, the verdict is that nobody can tell.
"""

from dataclasses import dataclass
from enum import StrEnum

from gehoor.analysis.agreement.facts import Fact, FactKind, Proviso
from gehoor.analysis.agreement.pairing import Clash, Pairing, one_restricted
from gehoor.analysis.agreement.questions import Question
from gehoor.analysis.agreement.scopes import scope_differs
from gehoor.analysis.agreement.settling import answer_of, settle
from gehoor.analysis.agreement.statement import Stated, Statement, question_of


class Verdict(StrEnum):
    """What two answers are to each other."""

    AGREE = "agree"
    DIFFER = "differ"
    CONTRADICT = "contradict"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Comparison:
    """``only_a`` and ``only_b``: facts and conditions that the other leaves out. ``alike``: figures that both
    surely state alike of the same. ``why`` is a short code, for a program."""

    verdict: Verdict
    clashes: tuple[Clash, ...] = ()
    only_a: tuple[Fact, ...] = ()
    only_b: tuple[Fact, ...] = ()
    why: str = ""
    alike: tuple[tuple[Fact, Fact], ...] = ()


_READ, _LEANING = 0.4, 0.6
"""How likely it has to be that one says yes and the other no, where both say so and where one only leans to it."""


def compare(a: "Statement | str", b: "Statement | str", question: str = "", *, same_person: bool = True) -> Comparison:
    """Compare two answers. Statements were read with their question; ``question`` is for texts. What of a customer's
    own situation is stated ("uw restschuld is € 182.000") counts only where both were given to the ``same_person``, as
    two forms of one answer are too."""
    one = a if isinstance(a, Statement) else Statement.of(a, question)
    other = b if isinstance(b, Statement) else Statement.of(b, question)
    if one.text == other.text:
        return Comparison(Verdict.AGREE, why="same_text")
    if one.idle or other.idle:
        return Comparison(Verdict.CANNOT_TELL, why="no_answer")
    asked = question_of(one)
    pairing = Pairing(one, other, asked, same_person=same_person)
    clashes = pairing.clashes()
    yes_no = _yes_no_clash(one, other, asked)
    clashes = (*((yes_no,) if yes_no else ()), *clashes, *_need_clashes(one, other, asked))
    alike = tuple((x.fact, y.fact) for x, y in pairing.alike)
    if clashes:
        why = f"clash_{clashes[0].kind}"
        return Comparison(Verdict.CONTRADICT, clashes, pairing.only_a, pairing.only_b, why, alike)
    if not same_person and all(any(each.own for each in said.stated) for said in (one, other)):
        return Comparison(Verdict.CANNOT_TELL, (), pairing.only_a, pairing.only_b, "own_figures", alike)
    verdict, why = settle(one, other, asked, pairing)
    return Comparison(Verdict(verdict), (), pairing.only_a, pairing.only_b, why, alike)


def _yes_no_clash(a: Statement, b: Statement, asked: Question) -> Clash | None:
    """Yes against no: likely enough that the one says yes and the other no."""
    one, other = answer_of(a), answer_of(b)
    least = _READ if one and other else _LEANING
    one, other = one or a.leans, other or b.leans
    if one is None or other is None or one.fact.value == other.fact.value or _apart(a, b) < least:
        return None
    if scope_differs(one, other) or one.soft or other.soft:
        return None
    if _excepted(a, b) or not (_meets(one, other, b) and _meets(other, one, a)):
        return None
    return Clash(FactKind.YES_NO, " ".join(sorted(asked.ideas)), one.fact, other.fact)


def _need_clashes(a: Statement, b: Statement, asked: Question) -> tuple[Clash, ...]:
    """The same thing needed and not needed, for the same case as far as can be seen."""
    return tuple(
        Clash(FactKind.YES_NO, one.thing, one.fact, other.fact)
        for one, x in a.needs
        for other, y in b.needs
        if one.opposes(other) and _same_case(x, y, one.subject - asked.ideas, other.subject - asked.ideas)
    )


def _same_case(x: Stated, y: Stated, ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Nothing says that two needs are for different cases: no figure, phrase or condition that only one has.
    ``ours``, ``theirs``: ideas of what each is needed for, beyond what was asked."""
    if x.figures != y.figures or x.soft or y.soft or one_restricted(x, y) or scope_differs(x, y):
        return False
    return bool(ours & theirs) or not (ours - y.ideas or theirs - x.ideas)


def _apart(a: Statement, b: Statement) -> float:
    """How likely the one says yes and the other no."""
    return a.shares[0] * b.shares[1] + a.shares[1] * b.shares[0]


def _meets(one: Stated, other: Stated, whole: Statement) -> bool:
    """Does the other answer hold in the case that this one is for: has it no case, or does it name this one's?"""
    return not one.case or bool(other.case) or bool(one.case & whole.ideas)


def _excepted(a: Statement, b: Statement) -> bool:
    """ "Yes, provided" against "no, unless": each leaves room for the other."""
    sorts = [{fact.value.sort for fact in each.facts if isinstance(fact.value, Proviso)} for each in (a, b)]
    return bool(sorts[0] and sorts[1] and "unless" in sorts[0] | sorts[1])
