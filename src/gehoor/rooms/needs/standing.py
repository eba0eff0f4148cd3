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
    """One need as the machine made it. ``parent`` is the broader need, None on level 1."""

    id: UUID
    level: int
    parent: UUID | None


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
    """The decisions that count, oldest first: neither undone nor an undoing themselves. An undoing can be undone too."""
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


def standing(proposed: Iterable[Proposed], lines: Sequence[Line]) -> Standing:
    """Apply the decisions in force, oldest first. One about a need that is no longer there waits, and changes nothing.

    Merging needs of different levels, or a need with itself, changes nothing; nor does moving to a need not of the finest.
    """
    levels = {need.id: need.level for need in proposed}
    finest = max(levels.values(), default=0)
    found = Standing()
    for line in in_force(lines):
        _apply(found, line, levels, finest)
    return found


def _apply(found: Standing, line: Line, levels: Mapping[UUID, int], finest: int) -> None:
    need, other = line.need, line.other
    match line.kind:
        case "rename" if need in levels:
            found.names[need] = line.name
        case "aside" if need in levels:
            found.aside.add(need)
        case "back" if need in levels:
            found.aside.discard(need)
        case "move" if other is not None and line.ask is not None and levels.get(other) == finest:
            found.moved[line.ask] = other
        case "merge" if need in levels and other in levels and levels[need] == levels[other]:
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
