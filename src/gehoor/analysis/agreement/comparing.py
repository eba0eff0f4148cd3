"""Whether two answers to one question agree.

Contradiction needs two values of the same thing that cannot both be true (De Marneffe, Rafferty and Manning 2008:
numeric mismatch and negation between aligned statements). What is aligned is decided by the question and the words
around a value; where that is not sure, the verdict is that nobody can tell.
"""

from dataclasses import dataclass
from enum import StrEnum

from gehoor.analysis.agreement.context import special_lines
from gehoor.analysis.agreement.facts import Bound, Fact, FactKind, Polarity, Proviso, Quantity, Value
from gehoor.analysis.agreement.matching import Relation, relation
from gehoor.analysis.agreement.questions import Question
from gehoor.analysis.agreement.statement import Stated, Statement, question_of


class Verdict(StrEnum):
    """What two answers are to each other."""

    AGREE = "agree"
    DIFFER = "differ"
    CONTRADICT = "contradict"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two facts that cannot both be true. ``about``: what both are of, in ideas."""

    kind: FactKind
    about: str
    a: Fact
    b: Fact


@dataclass(frozen=True, slots=True)
class Comparison:
    """``only_a`` and ``only_b``: facts and conditions that the other leaves out. ``why`` is a short code, for a
    program."""

    verdict: Verdict
    clashes: tuple[Clash, ...] = ()
    only_a: tuple[Fact, ...] = ()
    only_b: tuple[Fact, ...] = ()
    why: str = ""


_FIGURES = (FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DATE, FactKind.PERIOD, FactKind.NUMBER)
_ASIDE = frozenset(("contact",))
_MOST = 40
"""Facts of one kind of an answer that are compared."""
_RECKONED = frozenset((FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.NUMBER))
_RATES = frozenset((FactKind.PERCENTAGE, FactKind.AMOUNT))
_INFINITE = float("inf")


def compare(a: "Statement | str", b: "Statement | str", question: str = "") -> Comparison:
    """Compare two answers. Statements were read with their question; ``question`` is for texts."""
    one = a if isinstance(a, Statement) else Statement.of(a, question)
    other = b if isinstance(b, Statement) else Statement.of(b, question)
    if one.text == other.text:
        return Comparison(Verdict.AGREE, why="same_text")
    asked = question_of(one)
    pairing = _Pairing(one, other, asked)
    clashes = pairing.clashes()
    yes_no = _yes_no_clash(one, other, asked)
    if yes_no is not None:
        clashes = (yes_no, *clashes)
    if clashes:
        return Comparison(Verdict.CONTRADICT, clashes, pairing.only_a, pairing.only_b, f"clash_{clashes[0].kind}")
    return _without_clash(one, other, asked, pairing)


def _scope_differs(x: Stated, y: Stated) -> bool:
    """Are the two for different cases?"""
    lines = {line for line, _ in x.cases} & {line for line, _ in y.cases}
    for line in lines:
        sides_x, sides_y = ({side for each, side in stated.cases if each == line} for stated in (x, y))
        if not sides_x & sides_y:
            return True
    if any(line in special_lines() and line not in lines for line, _ in x.cases ^ y.cases):
        return True
    if _unlike(x.front, y.front, 0.6) or _unlike(x.case, y.case, 0.25):
        return True
    if any(kind is other and relation_of_values(kind, one, two) for kind, one in x.figures for other, two in y.figures):
        return True
    ours, theirs = x.front | x.case, y.front | y.case
    return bool(ours and theirs and not ours & theirs)


def _unlike(one: frozenset[str], other: frozenset[str], least: float) -> bool:
    """Do two restrictions name different things?"""
    return bool(one - other and other - one and len(one & other) < least * len(one | other))


def relation_of_values(kind: FactKind, one: Value, other: Value) -> bool:
    """Are two bare values apart?"""
    return relation(Fact(kind, 0, 0, one), Fact(kind, 0, 0, other), True) is Relation.APART


class _Pairing:
    """The figures of two answers, paired: those that are the same, and those left over."""

    def __init__(self, a: Statement, b: Statement, asked: Question) -> None:
        self._asked = asked
        self._per = (
            "month"
            if "maand" in asked.said or "month" in asked.said
            else ("year" if "jaar" in asked.said or "year" in asked.said else "")
        )
        self._only = all(sum(fact.kind in _FIGURES for fact in each.facts) == 1 for each in (a, b))
        self._left: list[tuple[list[Stated], list[Stated]]] = []
        self._same: list[tuple[Stated, Stated]] = []
        self._first: dict[FactKind, tuple[Stated, Stated]] = {}
        self._figures_a, self._figures_b = _figures_of(a), _figures_of(b)
        for kind in _FIGURES:
            ours, theirs = _of_kind(a, kind), _of_kind(b, kind)
            if ours and theirs:
                self._first[kind] = (max(ours, key=_fit), max(theirs, key=_fit))
            self._pair(ours, theirs)
        self.only_a = tuple(x.fact for left, _ in self._left for x in left)
        self.only_b = tuple(y.fact for _, left in self._left for y in left)

    def _pair(self, ours: list[Stated], theirs: list[Stated]) -> None:
        same = [(x, y) for x in ours for y in theirs if self._relation(x, y) is Relation.SAME]
        same += _sums(ours, theirs) + [(x, y) for y, x in _sums(theirs, ours)]
        self._same += same
        paired_a, paired_b = {id(x) for x, _ in same}, {id(y) for _, y in same}
        self._left.append(([x for x in ours if id(x) not in paired_a], [y for y in theirs if id(y) not in paired_b]))

    def _relation(self, x: Stated, y: Stated) -> Relation:
        found = relation(x.fact, y.fact, self._strict(x.fact.kind), self._per)
        if found is Relation.SAME and (x.fact.role == "past") != (y.fact.role == "past"):
            return Relation.OPEN
        if x.when and y.when and x.when != y.when and x.when.anchor == y.when.anchor:
            return Relation.OPEN
        return found

    def _strict(self, kind: FactKind) -> bool:
        if kind in (FactKind.PERIOD, FactKind.DATE):
            return not self._asked.process
        return self._asked.limit

    @property
    def same(self) -> list[tuple[Stated, Stated]]:
        """Pairs that state the same value."""
        return self._same

    def answered(self) -> bool:
        """Do both give what is asked, and the same?"""
        return any(x.fact.kind in self._asked.kinds for x, _ in self._same)

    def both_answer(self) -> bool:
        """Do both give a figure of a kind that is asked?"""
        return bool(self._first.keys() & self._asked.kinds)

    def clashes(self) -> tuple[Clash, ...]:
        """Figures of the same thing that cannot both be true."""
        found: list[Clash] = []
        for ours, theirs in self._left:
            best = max(
                ((self._strength(x, y), -i, -j, x, y) for i, x in enumerate(ours) for j, y in enumerate(theirs)),
                key=lambda each: each[:3],
                default=None,
            )
            if best is not None and best[0] >= 1:
                _, _, _, x, y = best
                about = " ".join(sorted(x.near & y.near)) or " ".join(sorted(self._asked.ideas))
                found.append(Clash(x.fact.kind, about, x.fact, y.fact))
        return tuple(found)

    def _strength(self, x: Stated, y: Stated) -> float:
        """How sure it is that two figures are of the same thing and clash; below 1 it is not."""
        if self._relation(x, y) is not Relation.APART or _scope_differs(x, y) or x.soft or y.soft:
            return 0.0
        if bool(x.front | x.case) != bool(y.front | y.case) and not x.near & y.near:
            return 0.0
        if x.fronted and y.fronted and x.fact.kind not in self._asked.kinds:
            return 0.0
        if self._worked_out(x.fact, y.fact):
            return 0.0
        kind = x.fact.kind
        roles = {x.fact.role, y.fact.role}
        if len(roles) == 2 and roles & {"condition", "past"} and not (kind is FactKind.DATE and "condition" in roles):
            return 0.0
        shared = x.near & y.near
        fresh = shared - self._asked.ideas
        first = self._first.get(kind)
        answered = any(same.fact.kind is kind and same is first[0] for same, _ in self._same) if first else False
        if kind in self._asked.kinds and first and (x is first[0] and y is first[1]):
            return 2.0 + 0.1 * len(shared)
        if kind in self._asked.kinds and self._alone(x, y) and x.fit > 1.5 and y.fit > 1.5 and (x.ideas & y.ideas):
            return 1.5
        if kind in self._asked.kinds and not answered:
            return 1.0 + 0.1 * len(shared) if shared and x.fit > 2 and y.fit > 2 else 0.0
        if kind in (FactKind.PERCENTAGE, FactKind.AMOUNT) and self._alone(x, y) and not self._asked.kinds & _RATES:
            return 1.0 if (x.ideas & y.ideas or self._only) and not self.answered() else 0.0
        if _counted_alike(x.fact, y.fact) and len(shared) >= 2:
            return 1.0
        return 1.0 if len(fresh) >= 2 or (len(shared) >= 3 and fresh) else 0.0

    def _worked_out(self, x: Fact, y: Fact) -> bool:
        """Follows one of the two from the other by a figure that stands in its answer: a sum, a product, a part?"""
        if not (isinstance(x.value, Quantity) and isinstance(y.value, Quantity)) or x.kind not in _RECKONED:
            return False
        return _reckoned(x.value.low, y.value.low, self._figures_b - {y.value.low}) or _reckoned(
            y.value.low, x.value.low, self._figures_a - {x.value.low}
        )

    def _alone(self, x: Stated, y: Stated) -> bool:
        """Are the two all that is left of their kind?"""
        return any(left == ([x], [y]) for left in self._left)


def _figures_of(statement: Statement) -> frozenset[float]:
    values = (fact.value for fact in statement.facts if fact.kind in _RECKONED)
    return frozenset(value.low for value in values if isinstance(value, Quantity) and 0 < value.low < _INFINITE)


def _reckoned(result: float, one: float, others: frozenset[float]) -> bool:
    """Is ``result`` ``one`` plus, less, times, divided by or less a percentage of another figure?"""
    for other in others:
        found = (
            one + other,
            one - other,
            one * other,
            one / other,
            one * other / 100,
            one * (1 - other / 100),
            one * (1 + other / 100),
        )
        if any(abs(each - result) < 0.006 for each in found):
            return True
    return False


def _sums(parts: list[Stated], wholes: list[Stated]) -> list[tuple[Stated, Stated]]:
    """Amounts of one answer that add up to one of the other: "495 and 55" is 550 together."""
    values = [each.fact.value.low for each in parts if isinstance(each.fact.value, Quantity)]
    if not 2 <= len(values) <= 4 or any(each.fact.kind is not FactKind.AMOUNT for each in parts):
        return []
    whole = round(sum(values), 2)
    found = [y for y in wholes if isinstance(y.fact.value, Quantity) and y.fact.value.low == y.fact.value.high == whole]
    return [(x, y) for x in parts for y in found if all(values)]


def _of_kind(statement: Statement, kind: FactKind) -> list[Stated]:
    found = [each for each in statement.stated if each.fact.kind is kind and each.fact.role not in _ASIDE]
    return found[:_MOST]


def _fit(stated: Stated) -> float:
    return stated.fit


def _counted_alike(a: Fact, b: Fact) -> bool:
    return (
        isinstance(a.value, Quantity)
        and isinstance(b.value, Quantity)
        and a.kind is FactKind.NUMBER
        and a.value.unit == b.value.unit != ""
    )


def _answer(statement: Statement) -> Stated | None:
    return next((each for each in statement.stated if each.fact.kind is FactKind.YES_NO), None)


def _yes_no_clash(a: Statement, b: Statement, asked: Question) -> Clash | None:
    one, other = _answer(a), _answer(b)
    if one is None or other is None or one.fact.value == other.fact.value:
        return None
    if _scope_differs(one, other) or one.soft or other.soft:
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


def _without_clash(a: Statement, b: Statement, asked: Question, pairing: _Pairing) -> Comparison:
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
