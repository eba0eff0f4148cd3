"""Groups of answers that say the same, pair by pair."""

from collections.abc import Sequence
from dataclasses import dataclass

from gehoor.analysis.agreement import Clash, Fact, Statement, compare


@dataclass(frozen=True)
class Group:
    answers: tuple[int, ...]
    says: tuple[Fact, ...]


@dataclass(frozen=True)
class GroupClash:
    kind: str
    about: str
    values: tuple[tuple[str, int, Fact], ...]


@dataclass(frozen=True)
class Grouping:
    groups: tuple[Group, ...]
    verdict: str
    clashes: tuple[GroupClash, ...]


def group(question: str, statements: Sequence[Statement]) -> Grouping:
    """Groups of answers, and clashes between them."""
    del question
    by_key: dict[object, list[int]] = {}
    for at, statement in enumerate(statements):
        by_key.setdefault(statement.key, []).append(at)
    groups: list[list[int]] = []
    verdicts: set[str] = set()
    for rows in by_key.values():
        home = next((g for g in groups if compare(statements[g[0]], statements[rows[0]]).verdict == "agree"), None)
        if home is None:
            groups.append(list(rows))
        else:
            home += rows
    found: dict[str, dict[object, tuple[str, int, Fact]]] = {}
    about: dict[str, str] = {}
    for i, one in enumerate(groups):
        for other in groups[i + 1 :]:
            between = compare(statements[one[0]], statements[other[0]])
            verdicts.add(str(between.verdict))
            for clash in between.clashes:
                values = found.setdefault(str(clash.kind), {})
                about.setdefault(str(clash.kind), clash.about)
                values.setdefault(clash.a.key, (clash.a.says(), one[0], clash.a))
                values.setdefault(clash.b.key, (clash.b.says(), other[0], clash.b))
    verdict = next((v for v in ("contradict", "differ", "cannot_tell") if v in verdicts), "agree")
    return Grouping(
        tuple(Group(tuple(g), statements[g[0]].facts) for g in groups),
        verdict,
        tuple(GroupClash(kind, about[kind], tuple(values.values())) for kind, values in found.items()),
    )


__all__ = ["Clash", "Group", "Grouping", "group"]
