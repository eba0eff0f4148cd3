"""Groups of answers that say the same after all: one value told in Dutch and in English, or with more said beside it.

The engine keeps answers apart that add something to each other. Of what clashes, only the values count: whoever says
"20 %" says so with a condition and without.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gehoor.analysis.agreement import Fact, FactKind
from gehoor.rooms.answers.given.judging import Judged


def joined_alike(judged: Judged) -> Judged:
    """The same, with groups that state the same value as one."""
    return merged(judged, _alike(judged))


def _alike(judged: Judged) -> Iterator[tuple[int, int]]:
    kinds = {clash.kind for clash in judged.clashes}
    first: dict[frozenset[tuple[object, ...]], int] = {}
    for number, (at, chosen) in enumerate(judged.says):
        facts = judged.facts[at]
        stated = frozenset(_value(facts[each]) for each in chosen if _counts(facts[each], kinds))
        if stated:
            yield first.setdefault(stated, number), number


def _counts(fact: Fact, kinds: set[str]) -> bool:
    return str(fact.kind) in kinds if kinds else fact.kind is not FactKind.CONDITION


def _value(fact: Fact) -> tuple[object, ...]:
    """What two facts have in common that say the same, whether or not "a year" stands beside it."""
    return fact.kind, fact.value, fact.bound, fact.negated, fact.of


def merged(judged: Judged, same: Iterable[tuple[int, int]]) -> Judged:
    """These pairs of groups as one; the larger one says it. Groups are numbered anew, the largest first."""
    into = list(range(len(judged.says)))

    def root(label: int) -> int:
        while into[label] != label:
            label = into[label]
        return label

    for one, other in same:
        a, b = root(one), root(other)
        into[max(a, b)] = min(a, b)
    roots = [root(label) for label in range(len(into))]
    size = Counter(roots[label] for label in judged.labels)
    order = sorted(size, key=lambda label: (-size[label], label))
    number = {label: at for at, label in enumerate(order)}
    labels = tuple(number[roots[label]] for label in judged.labels)
    return replace(judged, labels=labels, says=tuple(judged.says[label] for label in order))
