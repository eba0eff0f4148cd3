"""The figures of two answers in pairs: those that are the same, those left over, and those that clash."""

from dataclasses import dataclass

from gehoor.analysis.agreement.facts import Fact, FactKind, Quantity
from gehoor.analysis.agreement.lexicon import named, pattern_of
from gehoor.analysis.agreement.matching import Relation, relation
from gehoor.analysis.agreement.questions import Question
from gehoor.analysis.agreement.scopes import scope_differs
from gehoor.analysis.agreement.statement import Stated, Statement


@dataclass(frozen=True, slots=True)
class Clash:
    """Two facts that cannot both be true. ``about``: what both are of, in ideas."""

    kind: FactKind
    about: str
    a: Fact
    b: Fact


_FIGURES = (FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.DATE, FactKind.PERIOD, FactKind.NUMBER)
_ASIDE = frozenset(("contact", "example", "quoted"))
_SEVERAL = 4
"""With more figures of a kind than this, the clauses themselves have to share what they are about."""
_MOST = 40
"""Facts of one kind of an answer that are compared."""
_RECKONED = frozenset((FactKind.AMOUNT, FactKind.PERCENTAGE, FactKind.NUMBER))
_RATES = frozenset((FactKind.PERCENTAGE, FactKind.AMOUNT))
_INFINITE = float("inf")


class Pairing:
    """The figures of two answers, paired: those that are the same, and those left over. Unless they were given to the
    ``same_person``, figures of a customer's own situation are left out."""

    def __init__(self, a: Statement, b: Statement, asked: Question, *, same_person: bool = True) -> None:
        self._asked = asked
        self._kinds = _kinds(asked, a, b)
        self._per = (
            "month"
            if "maand" in asked.said or "month" in asked.said
            else ("year" if "jaar" in asked.said or "year" in asked.said else "")
        )
        self._only = all(sum(fact.kind in _FIGURES for fact in each.facts) == 1 for each in (a, b))
        self._left: list[tuple[list[Stated], list[Stated]]] = []
        self._wide: dict[FactKind, bool] = {}
        self._same: list[tuple[Stated, Stated]] = []
        self._first: dict[FactKind, tuple[Stated, Stated]] = {}
        self._figures_a, self._figures_b = _figures_of(a), _figures_of(b)
        for kind in _FIGURES:
            ours, theirs = _of_kind(a, kind, same_person), _of_kind(b, kind, same_person)
            if ours and theirs:
                self._first[kind] = (max(ours, key=_fit), max(theirs, key=_fit))
            self._wide[kind] = asked.wide or max(len(ours), len(theirs)) > _SEVERAL
            self._pair(ours, theirs)
        self.only_a = tuple(x.fact for left, _ in self._left for x in left)
        self.only_b = tuple(y.fact for _, left in self._left for y in left)

    def _pair(self, ours: list[Stated], theirs: list[Stated]) -> None:
        same = [(x, y) for x in ours for y in theirs if self._relation(x, y) is Relation.SAME]
        same = [(x, y) for x, y in same if not _crossed(x, y, ours, theirs, self._asked.ideas)]
        same += _sums(ours, theirs) + [(x, y) for y, x in _sums(theirs, ours)]
        self._same += same
        paired_a, paired_b = {id(x) for x, _ in same}, {id(y) for _, y in same}
        self._left.append(([x for x in ours if id(x) not in paired_a], [y for y in theirs if id(y) not in paired_b]))

    def _relation(self, x: Stated, y: Stated) -> Relation:
        if x.fact.of and y.fact.of and x.fact.of != y.fact.of:
            return Relation.APART
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

    @property
    def alike(self) -> list[tuple[Stated, Stated]]:
        """Of these the pairs that surely are of one thing: the figure by which each answers, or figures beside which
        both name the same, and neither is for a case of which the other does not speak."""
        return [(x, y) for x, y in self._same if not scope_differs(x, y) and self._one_thing(x, y)]

    def _one_thing(self, x: Stated, y: Stated) -> bool:
        kind = x.fact.kind
        if kind in self._kinds and self._first.get(kind) == (x, y):
            return True
        if one_restricted(x, y):
            return False
        return self._of_one_thing(x, y) or (kind in self._kinds and bool(x.near & y.near))

    def answered(self) -> bool:
        """Do both give what is asked, and the same?"""
        return any(x.fact.kind in self._kinds for x, _ in self._same)

    def both_answer(self) -> bool:
        """Do both give a figure of a kind that is asked?"""
        return bool(self._first.keys() & self._kinds)

    def clashes(self) -> tuple[Clash, ...]:
        """Figures of the same thing that cannot both be true."""
        found: list[Clash] = []
        for ours, theirs in self._left:
            pairs = [(self._strength(x, y), -i, -j, x, y) for i, x in enumerate(ours) for j, y in enumerate(theirs)]
            surest = sorted((each for each in pairs if each[0] >= 1), key=lambda each: each[:3], reverse=True)
            taken: set[int] = set()
            for _, _, _, x, y in surest:
                if not taken or (not taken & {id(x), id(y)} and self._of_one_thing(x, y)):
                    taken |= {id(x), id(y)}
                    about = " ".join(sorted(x.near & y.near)) or " ".join(sorted(self._asked.ideas))
                    found.append(Clash(x.fact.kind, about, x.fact, y.fact))
        return tuple(found)

    def _of_one_thing(self, x: Stated, y: Stated) -> bool:
        """Do words beyond what was asked say that two are of the same? So much is asked of a second clash of a kind."""
        return bool((x.near & y.near) - self._asked.ideas or (x.front | x.case) & (y.front | y.case))

    def _strength(self, x: Stated, y: Stated) -> float:
        """How sure it is that two figures are of the same thing and clash; below 1 it is not."""
        if self._relation(x, y) is not Relation.APART or scope_differs(x, y) or x.soft or y.soft:
            return 0.0
        if one_restricted(x, y) and not (x.near & y.near or self._of_asked(x, y) or self._only_answer(x, y)):
            return 0.0
        if x.fronted and y.fronted and x.fact.kind not in self._kinds:
            return 0.0
        if self._worked_out(x.fact, y.fact):
            return 0.0
        kind = x.fact.kind
        roles = {x.fact.role, y.fact.role}
        if (
            len(roles) == 2
            and roles & {"condition", "past", "change"}
            and not (kind is FactKind.DATE and "condition" in roles)
        ):
            return 0.0
        shared = x.near & y.near
        fresh = shared - self._asked.ideas
        if self._wide[kind] and len(fresh) < (2 if self._asked.wide else 1):
            return 0.0
        first = self._first.get(kind)
        answered = any(same.fact.kind is kind and same is first[0] for same, _ in self._same) if first else False
        if kind in self._kinds and first and (x is first[0] and y is first[1]):
            return 2.0 + 0.1 * len(shared)
        if kind in self._kinds and self._alone(x, y) and x.fit > 1.5 and y.fit > 1.5 and (x.ideas & y.ideas):
            return 1.5
        if kind in self._kinds and not answered:
            return 1.0 + 0.1 * len(shared) if shared and x.fit > 2 and y.fit > 2 else 0.0
        if kind in (FactKind.PERCENTAGE, FactKind.AMOUNT) and self._alone(x, y) and not self._kinds & _RATES:
            return 1.0 if (x.ideas & y.ideas or self._only) and not self.answered() else 0.0
        if kind is FactKind.PERIOD and self._asked.frame and self._alone(x, y) and self._of_asked(x, y):
            return 1.0 if lasts_alike(x.fact, y.fact) and not self.answered() else 0.0
        if _counted_alike(x.fact, y.fact) and len(shared) >= 2:
            return 1.0
        if kind is FactKind.DATE and fresh and self._alone(x, y) and not self.answered():
            return 1.0
        if kind is FactKind.PERIOD and fresh and self._alone(x, y) and lasts_alike(x.fact, y.fact):
            return 1.0
        return 1.0 if len(fresh) >= 2 or (len(shared) >= 3 and fresh) else 0.0

    def _only_answer(self, x: Stated, y: Stated) -> bool:
        """Does each answer give this one figure only, of a kind that was asked?"""
        return self._only and x.fact.kind in self._kinds and not (x.case or y.case)

    def _of_asked(self, x: Stated, y: Stated) -> bool:
        """Are both about what was asked: by a word of it, or by naming nothing else?"""
        return all(each.elliptic or each.near & self._asked.ideas for each in (x, y))

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


_SORTS_OF_PERIOD = tuple(pattern_of("periods", key) for key in named("periods"))


def lasts_alike(x: Fact, y: Fact) -> bool:
    """Are two periods of one sort: both how long something lasts, both how long before it, and so on?"""
    sorts = [[pattern.search(fact.about) is not None for pattern in _SORTS_OF_PERIOD] for fact in (x, y)]
    return sorts[0] == sorts[1] and x.per == y.per


def one_restricted(x: Stated, y: Stated) -> bool:
    """Is only one of the two for a case, which the sentence of the other does not name either?"""
    ours, theirs = x.front | x.case, y.front | y.case
    return bool(ours) != bool(theirs) and not (ours & y.ideas or theirs & x.ideas)


def _kinds(asked: Question, a: Statement, b: Statement) -> frozenset[FactKind]:
    """The kinds of figures that answer: where an amount or a share is asked and both give only the other, that."""
    given = [{fact.kind for fact in each.facts if not fact.role} & _RATES for each in (a, b)]
    if asked.kinds & _RATES and given[0] == given[1] and len(given[0]) == 1:
        return asked.kinds | given[0]
    return asked.kinds


def _figures_of(statement: Statement) -> frozenset[float]:
    values = (fact.value for fact in statement.facts if fact.kind in _RECKONED and fact.role != "past")
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


def _of_kind(statement: Statement, kind: FactKind, same_person: bool) -> list[Stated]:
    found = [each for each in statement.stated if each.fact.kind is kind and each.fact.role not in _ASIDE]
    return [each for each in found if same_person or not each.own][:_MOST]


def _crossed(x: Stated, y: Stated, ours: list[Stated], theirs: list[Stated], asked: frozenset[str]) -> bool:
    """Are two equal values of different things: is each by its words of something that the other answer gives another
    value of ("paid within five days" beside "called within five days")? Where the two share no word, one is enough."""
    shared = len(x.near & y.near)
    mine = any(len((x.near & other.near) - asked) > shared for other in theirs if other.fact.value != y.fact.value)
    yours = any(len((other.near & y.near) - asked) > shared for other in ours if other.fact.value != x.fact.value)
    return (mine and yours) or (not shared and (mine or yours) and not (x.elliptic or y.elliptic))


def _fit(stated: Stated) -> float:
    return stated.fit


def _counted_alike(a: Fact, b: Fact) -> bool:
    return (
        isinstance(a.value, Quantity)
        and isinstance(b.value, Quantity)
        and a.kind is FactKind.NUMBER
        and a.value.unit == b.value.unit != ""
    )
