"""What people decided, laid over what the machine proposed: a pure function of needs and decisions, without a database.

Whatever was decided, how things stand is always computed from the whole log. So deciding now and computing again later
cannot differ, and undoing restores exactly what was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

Kind = Literal["rename", "merge", "move", "aside", "back", "undo"]


@dataclass(frozen=True, slots=True)
class Line:
    """One decision, as the log holds it."""

    id: int
    kind: str
    need: UUID | None = None
    other: UUID | None = None
    ask: int | None = None
    name: str = ""
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """One need as the machine made it. ``parent`` is the broader need, None on level 1; ``size`` its asks then."""

    id: UUID
    level: int
    parent: UUID | None
    size: int = 0


@dataclass(slots=True)
class Standing:
    """How things stand. Needs that nothing was decided about stand in none of these.

    ``into``: a merged need to the need that it ended up in. ``moved``: an ask to the finest need chosen for it.
    """

    into: dict[UUID, UUID] = field(default_factory=dict)
    names: dict[UUID, str] = field(default_factory=dict)
    aside: set[UUID] = field(default_factory=set)
    moved: dict[int, UUID] = field(default_factory=dict)

    def root(self, need: UUID) -> UUID:
        """The need that stands for this one: itself, or what it was merged into."""
        return self.into.get(need, need)


def in_force(lines: Sequence[Line]) -> list[Line]:
    """The decisions that count, oldest first: neither undone nor an undoing themselves. An undoing can be undone
    too."""
    undone: set[int] = set()
    kept = []
    for line in sorted(lines, key=lambda each: -each.id):
        if line.id in undone:
            continue
        if line.undoes is not None:
            undone.add(line.undoes)
        elif line.kind != "undo":
            kept.append(line)
    return kept[::-1]


def standing(proposed: Sequence[Proposed], lines: Sequence[Line]) -> Standing:
    """Apply the decisions in force, oldest first. One about a need that is no longer there waits, and changes nothing.

    Merging needs of different levels, or a need with itself, changes nothing. An ask moved to a need that has finer
    ones stands under the largest of these.
    """
    levels = {need.id: need.level for need in proposed}
    found = Standing()
    for line in in_force(lines):
        _apply(found, line, levels)
    heirs = _heirs(proposed, found)
    roots = {ask: found.root(need) for ask, need in found.moved.items()}
    found.moved = {ask: heirs[root] for ask, root in roots.items() if root in heirs}
    return found


def _apply(found: Standing, line: Line, levels: Mapping[UUID, int]) -> None:
    need = line.need if line.need in levels else None
    other = line.other if line.other in levels else None
    if line.kind == "move" and other is not None and line.ask is not None:
        found.moved[line.ask] = other
    elif need is None:
        return
    elif line.kind == "rename":
        found.names[need] = line.name
    elif line.kind == "aside":
        found.aside.add(need)
    elif line.kind == "back":
        found.aside.discard(need)
    elif line.kind == "merge" and other is not None and levels[need] == levels[other]:
        _merge(found, need, other)


def _merge(found: Standing, need: UUID, other: UUID) -> None:
    start, end = found.root(need), found.root(other)
    if start == end:
        return
    for each, root in list(found.into.items()):
        if root == start:
            found.into[each] = end
    found.into[start] = end


def parents(proposed: Iterable[Proposed], found: Standing) -> dict[UUID, UUID | None]:
    """The broader need of each, after merging: the tree stays nested, since every need has one."""
    return {need.id: None if need.parent is None else found.root(need.parent) for need in proposed}


def _heirs(proposed: Sequence[Proposed], found: Standing) -> dict[UUID, UUID]:
    """For each need the finest one that takes what is moved to it: down the tree, each time the largest.

    A need whose finer ones were all merged away to others follows the largest of these.
    """
    above = parents(proposed, found)
    finest = max((need.level for need in proposed), default=0)
    heirs: dict[UUID, UUID] = {}
    best: dict[UUID, tuple[tuple[bool, int, int], UUID]] = {}
    for need in sorted(proposed, key=lambda each: -each.level):
        if need.level == finest:
            heirs[need.id] = found.root(need.id)
        elif need.id in best:
            heirs[need.id] = heirs[best[need.id][1]]
        key = (need.id not in found.into, need.size, -need.id.int)
        parent = above[need.id]
        if parent is not None and need.id in heirs and (parent not in best or key > best[parent][0]):
            best[parent] = (key, need.id)
    return heirs
