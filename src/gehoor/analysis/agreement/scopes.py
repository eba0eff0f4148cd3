"""Whether two facts are for different cases, so that both may be true: situations that exclude each other, fronted
phrases, conditions, and figures that restrict."""

from gehoor.analysis.agreement.context import special_lines
from gehoor.analysis.agreement.facts import Fact, FactKind, Value
from gehoor.analysis.agreement.matching import Relation, relation
from gehoor.analysis.agreement.statement import Stated


def scope_differs(x: Stated, y: Stated) -> bool:
    """Are the two for different cases?"""
    lines = {line for line, _ in x.cases} & {line for line, _ in y.cases}
    for line in lines:
        sides_x, sides_y = ({side for each, side in stated.cases if each == line} for stated in (x, y))
        if not sides_x & sides_y:
            return True
    if any(line in special_lines() and line not in lines for line, _ in x.cases ^ y.cases):
        return True
    limits = x.fact.role == y.fact.role == "condition"
    if _unlike(x.front, y.front, 0.6) or (not limits and _unlike(x.case, y.case, 0.25)):
        return True
    if any(kind is other and _values_apart(kind, one, two) for kind, one in x.figures for other, two in y.figures):
        return True
    ours, theirs = x.front | x.case, y.front | y.case
    return bool(ours and theirs and not ours & theirs)


def _unlike(one: frozenset[str], other: frozenset[str], least: float) -> bool:
    """Do two restrictions name different things?"""
    return bool(one - other and other - one and len(one & other) < least * len(one | other))


def _values_apart(kind: FactKind, one: Value, other: Value) -> bool:
    """Are two bare values apart?"""
    return relation(Fact(kind, 0, 0, one), Fact(kind, 0, 0, other), True) is Relation.APART
