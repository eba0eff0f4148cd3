"""Two people changed the same entry: what each wrote is laid together, field by field."""

from dataclasses import dataclass, replace

from gehoor.rooms.answers.book.content import FIELDS, Content


@dataclass(frozen=True, slots=True)
class Merged:
    """``content`` keeps every field that only one of both changed; where both did, it is mine. ``theirs``: fields that
    the other changed; ``both``: those that both changed, each otherwise."""

    content: Content
    theirs: tuple[str, ...]
    both: tuple[str, ...]


def merge(base: Content, mine: Content, other: Content) -> Merged:
    """Lay my text beside the other's, knowing what both began with."""
    changed = [name for name in FIELDS if getattr(other, name) != getattr(base, name)]
    taken = {name: getattr(other, name) for name in changed if getattr(mine, name) == getattr(base, name)}
    both = tuple(name for name in changed if name not in taken and getattr(mine, name) != getattr(other, name))
    return Merged(replace(mine, **taken), tuple(changed), both)
